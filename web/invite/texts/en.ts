/** Every sentence of the invitee's page, in English. */
export const en = {
  language: "en",
  brand: "Usher",

  loading: { title: "Opening your invitation", slow: "This takes longer than usual. Please stay on this page." },

  welcome: {
    invitedBy: (inviter: string) => `${inviter} invites you to`,
    appId: (id: string) => `App ID ${id}`,
    openUntil: "Open until",
    help: "This takes about a minute. Nothing happens until you choose to join.",
  },

  create: {
    title: "Create your ID",
    lead: "One ID opens every account that you are invited to.",
    haveId: "Already have an ID?",
    toLogIn: "Log in",
    you: "About you",
    access: "Your sign-in",
    submit: "Save & continue",
    busy: "Saving…",
  },

  logIn: {
    title: "Log in to join",
    lead: "Use the password of your existing ID. Your profile stays as it is.",
    known: "You already have an ID for this address. Log in with its password to join.",
    noId: "No ID yet?",
    toCreate: "Create one",
    submit: "Log in",
    busy: "Logging in…",
    refused: "The password does not match this address. Check it and try again.",
    notPossible: "This ID cannot be used to log in at the moment. Please ask your administrator for help.",
  },

  field: {
    firstName: "First name",
    lastName: "Last name",
    email: "E-mail",
    emailHint: "Fixed by your invitation",
    password: "Password",
    show: "Show",
    showHint: "Show the password while typing",
    question: "Security question",
    questionHint: "We ask it when you forget your password",
    choose: "Choose a question",
    ownQuestion: "Write my own question…",
    own: "Your own question",
    answer: "Security answer",
    phone: "Telephone",
    optional: "optional",
    countryCode: "Country code",
    noCode: "None",
    number: "Phone number",
  },

  questions: [
    "What was the name of your first pet?",
    "In which town did your parents meet?",
    "What was the name of your first teacher?",
    "What was the first concert that you went to?",
    "What was the street of your first home called?",
    "What was the model of your first car or bicycle?",
  ],

  password: {
    rules: "Your password needs",
    uppercase: "One uppercase letter, A–Z",
    lowercase: "One lowercase letter",
    number: "One number",
    minLength: (n: number) => `At least ${String(n)} characters`,
    maxLength: (n: number) => `At most ${String(n)} characters`,
    noOuterSpaces: "No space at the start or end",
    met: "done",
    missing: "still missing",
    allMet: "The password meets every rule.",
  },

  terms: {
    title: "Terms Agreement",
    todo: "Please open and accept it to go on.",
    done: "Accepted. Thank you.",
    open: "Read the terms",
    again: "Read again",
    accept: "I accept",
    close: "Close",
    loading: "Fetching the terms…",
    failed: "The terms could not be loaded.",
    retry: "Try again",
  },

  error: {
    required: "Please fill this in.",
    question: "Please choose a question, or write your own.",
    password: "Please meet every rule below.",
    terms: "Please open the Terms Agreement and accept it.",
    codeMissing: "Please choose the country code too.",
    numberMissing: "Please add the number, or choose no code.",
    numberInvalid: "Please use digits only, 4 to 14 of them.",
    summary: "Some details need another look.",
  },

  joined: {
    title: "You are in",
    lead: (account: string) => `Welcome to ${account}. Your access is ready.`,
    leadSignIn: (account: string) => `Welcome to ${account}. Your ID is ready, please sign in.`,
    account: "Account",
    appId: "App ID",
    address: "Sign-in address",
    go: (account: string) => `Go to ${account}`,
    signIn: "Sign in",
  },

  refusal: {
    retry: "Try again",
    signIn: "Sign in",
    reference: (id: string) => `Reference for support: ${id}`,
    wait: (seconds: number) => `Please try again in ${String(seconds)} seconds.`,
    unreachable: {
      title: "We cannot reach the service",
      text: "Please check your connection and try again. Nothing is lost.",
    },
    invitation_not_found: {
      title: "This link is not complete",
      text: "It may have been cut off when it was copied, or it is not genuine. Copy the whole link from your invitation mail, or press its button once more.",
    },
    invitation_expired: {
      title: "This invitation has expired",
      text: "Invitations stay open for seven days. Ask the person who invited you to send you a new one.",
    },
    invitation_replaced: {
      title: "There is a newer invitation",
      text: "This link was replaced by a later one. Look for the newest invitation mail in your inbox, and in the junk folder too.",
    },
    invitation_revoked: {
      title: "This invitation was withdrawn",
      text: "It can no longer be used. If you think that this is a mistake, please ask the person who invited you.",
    },
    invitation_declined: {
      title: "This invitation was declined",
      text: "If you have changed your mind, ask the person who invited you for a new invitation.",
    },
    invitation_accepted: {
      title: "You have already joined",
      text: "This invitation has been used. Sign in with your e-mail address and password.",
    },
    wrong_identity: {
      title: "This invitation is for another address",
      text: "You signed in with an ID that is not the invited one. The link still works: log in with the invited address.",
    },
    mailbox_not_proven: {
      title: "Please use the link from your mail",
      text: "This link was handed over by hand, so it cannot show that the mailbox is yours. Use the link in the invitation mail, or ask for it to be sent again.",
    },
    conflict: {
      title: "Somebody changed this at the same moment",
      text: "Please try again.",
    },
    rate_limited: {
      title: "Too many attempts",
      text: "Please wait a moment before you try again.",
    },
    unexpected: {
      title: "Something went wrong on our side",
      text: "Please try again in a moment; nothing is done twice.",
    },
  },
};

export type Texts = typeof en;
