namespace DailyPapers.Web.Parts;

/// <summary>Verdicts as pages mark them: a class for the colour, beside the words, never by colour alone.</summary>
internal static class Verdicts
{
    public static string Name(DailyPapers.Lab.Contract.Verdict verdict) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(verdict.ToString());

    public static string Class(string verdict) => verdict switch
    {
        "reproduced" => "yes",
        "partly" => "partly",
        "notReproduced" => "no",
        _ => "open",
    };
}
