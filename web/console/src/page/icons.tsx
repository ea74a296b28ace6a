const PATHS = {
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  plus: "M12 5v14M5 12h14",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  chevron: "m7 10 5 5 5-5",
  sort: "m8 9 4-4 4 4M8 15l4 4 4-4",
  up: "M12 19V6M6.5 11 12 5.5l5.5 5.5",
  down: "M12 5v13M6.5 13l5.5 5.5 5.5-5.5",
  off: "M12 4v8M7 6.8a8 8 0 1 0 10 0",
  leave: "M14 4.5H6.5v15H14M10.5 12H20M16.5 8.5 20 12l-3.5 3.5",
  people:
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.5 20c0-3.6 2.6-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.4 3.4 0 0 1 0 6.300M18.5 14.500c1.9.9 3 2.8 3 5.5",
  lock: "M6 10.500h12v9.500H6ZM8.5 10.500V7.500a3.5 3.5 0 0 1 7 0v3",
  cloud: "M7 18.500a4 4 0 0 1-.4-8 5.5 5.5 0 0 1 10.7-1.100A4.6 4.6 0 0 1 17 18.500ZM12 11v3M12 16v.1",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === "dots" ? 3 : 2}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
