import { expect, it } from "vitest";
import { sv } from "@/shared/i18n/sv";
import { translate } from "@/shared/i18n/translate";
import { personName } from "./person-name";

const t = (key: keyof typeof sv) => translate(sv[key], "sv");

it("translates the owner of an installation without sign-in, and nobody else", () => {
  expect(personName("Local owner", t)).toBe("Lokal ägare");
  expect(personName("owner@lode.invalid", t)).toBe("Lokal ägare");
  expect(personName("Astrid Öberg", t)).toBe("Astrid Öberg");
  expect(personName(null, t)).toBeNull();
});
