declare module "virtual:texts/*" {
  const texts: Record<string, import("./translate").Message>;
  export default texts;
}
