namespace DailyPapers.Reproductions;

/// <summary>Verdicts in words, in the language that is spoken.</summary>
public static class VerdictWords
{
    /// <summary>The words for a verdict's stored name; a name of another version stands for itself.</summary>
    public static string Of(string verdict) => verdict switch
    {
        "reproduced" => T["Reproduced"],
        "partly" => T["Partly reproduced"],
        "notReproduced" => T["Not reproduced"],
        "notAtThisScale" => T["Not at this scale"],
        _ => verdict,
    };
}
