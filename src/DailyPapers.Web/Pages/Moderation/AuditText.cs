namespace DailyPapers.Web.Pages.Moderation;

/// <summary>Actions of the audit log in words.</summary>
internal static class AuditText
{
    public static string Of(string action) => action switch
    {
        "comment.hide" => T["hid"],
        "comment.restore" => T["put back"],
        "comment.approve" => T["approved"],
        "account.ban" => T["banned"],
        "account.unban" => T["ended the ban of"],
        "edition.publish" => T["published"],
        "edition.edit" or "edition.set" => T["rearranged"],
        "edition.append" => T["added a paper to"],
        "edition.automatic" => T["put together"],
        _ => action,
    };
}
