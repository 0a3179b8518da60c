using DailyPapers.Lab.Contract;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>Modes of runs in words.</summary>
internal static class ModeText
{
    public static string Of(RunMode mode) => mode switch
    {
        RunMode.Quick => T["quick"],
        _ => T["full"],
    };
}
