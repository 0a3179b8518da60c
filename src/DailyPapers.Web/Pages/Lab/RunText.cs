using DailyPapers.Reproductions.Requests;

namespace DailyPapers.Web.Pages.Lab;

/// <summary>Runs that people asked for, in words.</summary>
internal static class RunText
{
    /// <summary>Budget and parameters.</summary>
    public static string Setting(LabRunRequest request) =>
        string.Join(", ", [ModeText.Of(request.Mode), .. request.Parameters.Select(parameter => $"{parameter.Key} = {parameter.Value}")]);

    public static string State(LabRunState state) => state switch
    {
        LabRunState.Waiting => T["waiting"],
        LabRunState.Running => T["under way"],
        LabRunState.Stopping => T["being stopped"],
        LabRunState.Done => T["done"],
        LabRunState.Failed => T["failed"],
        _ => T["cancelled"],
    };
}
