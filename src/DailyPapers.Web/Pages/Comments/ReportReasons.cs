using DailyPapers.Community.Moderation.Reports;

namespace DailyPapers.Web.Pages.Comments;

/// <summary>Reasons of reports in words.</summary>
internal static class ReportReasons
{
    public static string Text(ReportReason reason) => reason switch
    {
        ReportReason.Spam => T["Advertising or repetition"],
        ReportReason.Abuse => T["Attacks a person or a group"],
        ReportReason.OffTopic => T["Has nothing to do with the paper"],
        ReportReason.Rights => T["Private information, or somebody’s rights"],
        _ => T["Something else, as the note says"],
    };
}
