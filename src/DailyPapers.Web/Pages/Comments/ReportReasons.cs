using DailyPapers.Community.Moderation.Reports;

namespace DailyPapers.Web.Pages.Comments;

/// <summary>Reasons of reports in words.</summary>
internal static class ReportReasons
{
    public static string Text(ReportReason reason) => reason switch
    {
        ReportReason.Spam => "Advertising or repetition",
        ReportReason.Abuse => "Attacks a person or a group",
        ReportReason.OffTopic => "Has nothing to do with the paper",
        ReportReason.Rights => "Private information, or somebody’s rights",
        _ => "Something else, as the note says",
    };
}
