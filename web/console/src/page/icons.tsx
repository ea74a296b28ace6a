const PATHS = {
  search: "M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13ZM15.5 15.5 20 20",
  plus: "M12 5v14M5 12h14",
  dots: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  chevron: "m7 10 5 5 5-5",
  sort: "m8 9 4-4 4 4M8 15l4 4 4-4",
  up: "M12 19V6M6.5 11 12 5.5l5.5 5.5",
  down: "M12 5v13M6.5 13l5.5 5.5 5.5-5.5",
  off: "M12 4v8M7 6.8a8 8 0 1 0 10 0",
  back: "M19 12H5.5M11.5 5.5 5 12l6.5 6.5",
  send: "M20.5 3.5 3.5 10.5l7 3 3 7ZM20.5 3.5l-10 10",
  link: "M10 14a4 4 0 0 0 5.7 0l3.1-3.1a4 4 0 0 0-5.7-5.7l-1.1 1.1M14 10a4 4 0 0 0-5.7 0l-3.1 3.1a4 4 0 0 0 5.7 5.7l1.1-1.1",
  cross: "M6.5 6.5l11 11M17.5 6.5l-11 11",
  pen: "M4.5 19.5l.9-4L16 4.9a2.1 2.1 0 0 1 3 3L8.5 18.5ZM14 7l3 3",
  on: "M5 12.5l4.5 4.5L19 7.5",
  bin: "M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.4L17 7",
  sliders: "M4 7h9M19 7h1M4 17h1M11 17h9M16 10a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 20a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z",
  exit: "M14 4.5H6.5v15H14M10.5 12H20M16.5 8.5 20 12l-3.5 3.5",
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
