namespace DailyPapers.Digests.Mail;

/// <summary>Verdicts of reproductions in words.</summary>
internal static class VerdictText
{
    public static string Of(string verdict) => verdict switch
    {
        "reproduced" => T["Reproduced"],
        "partly" => T["Partly reproduced"],
        "notReproduced" => T["Not reproduced"],
        "notAtThisScale" => T["Not at this scale"],
        _ => MailText.OneLine(verdict),
    };
}
