namespace DailyPapers.Web.Parts;

/// <summary>Verdicts in words, never by colour alone.</summary>
internal static class Verdicts
{
    public static string Text(string verdict) => verdict switch
    {
        "reproduced" => T["Reproduced"],
        "partly" => T["Partly reproduced"],
        "notReproduced" => T["Not reproduced"],
        "notAtThisScale" => T["Not at this scale"],
        _ => verdict,
    };

    public static string Name(DailyPapers.Lab.Contract.Verdict verdict) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString());

    public static string Class(string verdict) => verdict switch
    {
        "reproduced" => "yes",
        "partly" => "partly",
        "notReproduced" => "no",
        _ => "open",
    };
}
