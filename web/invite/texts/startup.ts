import type { Locale } from "#shared/texts.ts";

interface StartupTexts {
  title: string;
  slow: string;
  unreachable: { title: string; text: string };
  retry: string;
  help: string;
}

export const STARTUP_TEXTS: Record<Locale, StartupTexts> = {
  en: {
    title: "Opening your invitation",
    slow: "This takes longer than usual. Please stay on this page.",
    unreachable: {
      title: "We can’t reach the service",
      text: "Please check your connection and try again. Nothing is lost.",
    },
    retry: "Try again",
    help: "Help",
  },
  de: {
    title: "Ihre Einladung wird geöffnet",
    slow: "Das dauert länger als sonst. Bitte bleiben Sie auf dieser Seite.",
    unreachable: {
      title: "Der Dienst ist nicht erreichbar",
      text: "Bitte prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal. Es geht nichts verloren.",
    },
    retry: "Noch einmal versuchen",
    help: "Hilfe",
  },
  es: {
    title: "Abriendo su invitación",
    slow: "Tarda más de lo habitual. Permanezca en esta página, por favor.",
    unreachable: {
      title: "No hay conexión con el servicio",
      text: "Compruebe su conexión e inténtelo de nuevo. No se pierde nada.",
    },
    retry: "Volver a intentarlo",
    help: "Ayuda",
  },
  fr: {
    title: "Ouverture de votre invitation",
    slow: "C’est plus long que d’habitude. Veuillez rester sur cette page.",
    unreachable: {
      title: "Le service est injoignable",
      text: "Veuillez vérifier votre connexion et réessayer. Rien n’est perdu.",
    },
    retry: "Réessayer",
    help: "Aide",
  },
};
