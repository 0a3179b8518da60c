namespace DailyPapers.Web.Pages.Moderation;

/// <summary>Actions of the audit log in words.</summary>
internal static class AuditText
{
    public static string Of(string action) => action switch
    {
        "comment.hide" => "hid",
        "comment.restore" => "put back",
        "comment.approve" => "approved",
        "account.ban" => "banned",
        "account.unban" => "ended the ban of",
        "edition.publish" => "published",
        "edition.edit" or "edition.set" => "changed",
        "edition.append" => "added a paper to",
        "edition.automatic" => "put together",
        _ => action,
    };
}
