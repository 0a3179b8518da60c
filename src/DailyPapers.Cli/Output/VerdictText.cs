using DailyPapers.Lab.Contract;

namespace DailyPapers.Cli.Output;

/// <summary>Verdicts in words.</summary>
internal static class VerdictText
{
    public static string Of(Verdict verdict) => verdict switch
    {
        Verdict.Reproduced => "reproduced",
        Verdict.Partly => "partly reproduced",
        Verdict.NotReproduced => "not reproduced",
        _ => "not at this scale",
    };
}
