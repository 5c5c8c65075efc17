import { describe, expect, it } from "vitest";
import { body } from "./new-session-dialog";

const fields = { text: "", withReports: true, files: ["scb"], from: "2024-01", to: "2024-02" };

describe("what a new session asks for", () => {
  it("takes numbers in whatever way they are separated", () => {
    expect(
      body("bolagsverket_api", { ...fields, text: "556016-0680, 5590852777\n\n556677-8899;" }).options,
    ).toEqual({
      orgnrs: ["556016-0680", "5590852777", "556677-8899"],
      documents: true,
    });
  });

  it("takes one website a line, and adds the scheme that people leave out", () => {
    expect(
      body("websites", { ...fields, text: "556016-0680 www.a.se\n559085-2777;http://b.se\n" }).options,
    ).toEqual({
      sites: [
        { orgnr: "556016-0680", url: "https://www.a.se" },
        { orgnr: "559085-2777", url: "http://b.se" },
      ],
    });
  });

  it("sends only what the source knows", () => {
    expect(body("bulk_files", fields).options).toEqual({ files: ["scb"] });
    expect(body("annual_reports", fields).options).toEqual({ from_week: "2024-01", to_week: "2024-02" });
  });
});
