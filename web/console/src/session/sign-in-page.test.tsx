import { screen } from "@testing-library/react";
import { beforeEach, expect, test, vi } from "vitest";
import { ApiStub } from "../../test/api-stub.ts";
import { renderWithProviders } from "../../test/render.tsx";

const COGNITO = "POST /";
const CONFIG = { region: "us-east-1", user_pool_client_id: "client", cognito_endpoint: "https://cognito.example" };

let api: ApiStub;

beforeEach(() => {
  api = new ApiStub().answer("GET /config.json", CONFIG);
  vi.resetModules();
});

async function signIn(email: string, password: string) {
  const { default: SignInPage } = await import("./sign-in-page.tsx");
  const { user } = await renderWithProviders(<SignInPage />);
  if (email) await user.type(screen.getByLabelText("Email"), email);
  if (password) await user.type(screen.getByLabelText("Password"), password);
  await user.click(screen.getByRole("button", { name: "Sign in" }));
}

test("the email address is sent in its canonical form, and the session is stored", async () => {
  const AuthenticationResult = { AccessToken: "a", IdToken: "i", RefreshToken: "r", ExpiresIn: 900 };
  api.answer(COGNITO, { AuthenticationResult });

  await signIn(" Lee@Example.ORG ", "Secret77");

  await vi.waitFor(() => {
    expect(JSON.parse(sessionStorage.getItem("usher.session") ?? "null")).toMatchObject({ access_token: "a" });
  });
  expect(api.sent(COGNITO)[0]?.body).toMatchObject({
    AuthParameters: { USERNAME: "lee@example.org", PASSWORD: "Secret77" },
  });
});

test.each([
  [{ __type: "NotAuthorizedException", message: "Incorrect username or password." }, /do not match/],
  [{ __type: "LimitExceededException", message: "" }, /Too many attempts/],
  [{ __type: "UserNotConfirmedException", message: "" }, /can’t sign in with this Usher ID .* contact Usher support/],
  [{ __type: "InternalErrorException", message: "" }, /Something went wrong/],
])("Cognito's refusal %j is explained", async (body, message) => {
  api.answer(COGNITO, body, 400);

  await signIn("lee@example.org", "Wrong1234");

  expect((await screen.findByRole("alert")).textContent).toMatch(message);
  expect(screen.getByLabelText<HTMLInputElement>("Email").value).toBe("lee@example.org");
  expect(sessionStorage.getItem("usher.session")).toBeNull();
});

test("empty fields are reported before anything is sent", async () => {
  await signIn("", "");

  expect(screen.getAllByText("Please fill this in.")).toHaveLength(2);
  expect(api.sent(COGNITO)).toEqual([]);
});

test("help is where the deployment has it", async () => {
  api.answer("GET /config.json", { ...CONFIG, help_url: "https://help.example.com/" });
  const { default: SignInPage } = await import("./sign-in-page.tsx");
  await renderWithProviders(<SignInPage />);

  await vi.waitFor(() => {
    expect(screen.getByRole("link", { name: "Help" }).getAttribute("href")).toBe("https://help.example.com/");
  });
});
