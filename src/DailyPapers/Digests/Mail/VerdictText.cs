namespace DailyPapers.Digests.Mail;

/// <summary>Verdicts of reproductions in words.</summary>
internal static class VerdictText
{
    public static string Of(string verdict) => verdict switch
    {
        "reproduced" => "Reproduced",
        "partly" => "Partly reproduced",
        "notReproduced" => "Not reproduced",
        "notAtThisScale" => "Not at this scale",
        _ => MailText.OneLine(verdict),
    };
}
