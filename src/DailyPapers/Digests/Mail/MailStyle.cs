namespace DailyPapers.Digests.Mail;

/// <summary>
/// The look of mails as inline styles, since many clients drop style sheets; the sheet in the head only adds the dark colours
/// for those that keep it.
/// </summary>
internal static class MailStyle
{
    private const string Sans = "font-family:-apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;";
    private const string Serif = "font-family:Georgia,'Times New Roman',serif;";

    public const string Page = "margin:0;padding:0;background-color:#f3f2ee;";
    public const string Sheet = "width:100%;max-width:600px;margin:0 auto;background-color:#ffffff;border-radius:6px;";
    public const string Cell = "padding:0 24px;";
    public const string Masthead = Sans + "padding:28px 24px 0;font-size:13px;line-height:18px;font-weight:bold;letter-spacing:0.02em;color:#9a3412;text-decoration:none;";
    public const string Heading = Serif + "margin:6px 0 2px;font-size:27px;line-height:33px;font-weight:bold;color:#1c1b19;";
    public const string Muted = Sans + "margin:0;font-size:14px;line-height:20px;color:#5f5c55;";
    public const string Paragraph = Sans + "margin:0 0 16px;font-size:16px;line-height:25px;color:#2b2926;";
    public const string Item = "padding:20px 24px;border-top:1px solid #e5e2da;";
    public const string Kicker = Sans + "margin:0 0 4px;font-size:12px;line-height:18px;color:#5f5c55;";
    public const string Title = Serif + "margin:0 0 5px;font-size:20px;line-height:26px;font-weight:bold;color:#1c1b19;";
    public const string TitleLink = "color:#1c1b19;text-decoration:none;";
    public const string Authors = Sans + "margin:0 0 9px;font-size:14px;line-height:20px;color:#5f5c55;";
    public const string Summary = Sans + "margin:0 0 11px;font-size:15px;line-height:23px;color:#2b2926;";
    public const string Facts = Sans + "margin:0;font-size:14px;line-height:21px;color:#5f5c55;";
    public const string Link = "color:#9a3412;text-decoration:underline;";
    public const string Button = Sans + "display:inline-block;padding:12px 22px;border-radius:5px;background-color:#9a3412;color:#ffffff;font-size:16px;line-height:22px;font-weight:bold;text-decoration:none;";
    public const string Footer = Sans + "margin:0 0 6px;font-size:13px;line-height:19px;color:#5f5c55;";
    public const string Address = "word-break:break-all;";
    public const string Hidden = "display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px;color:#f3f2ee;";

    private const string Badge = "display:inline-block;padding:0 7px;border-radius:3px;border:1px solid;font-weight:bold;";

    public static string BadgeOf(string? verdict) => Badge + verdict switch
    {
        "reproduced" => "color:#1d6b3a;border-color:#1d6b3a;",
        "partly" => "color:#8a5a00;border-color:#8a5a00;",
        "notReproduced" => "color:#a1271d;border-color:#a1271d;",
        _ => "color:#5f5c55;border-color:#8b877e;",
    };

    public static string BadgeClass(string? verdict) => verdict switch
    {
        "reproduced" => "b-yes",
        "partly" => "b-part",
        "notReproduced" => "b-no",
        _ => "muted",
    };

    public const string DarkSheet =
        """
        :root{color-scheme:light dark;supported-color-schemes:light dark}
        @media (max-width:480px){.pad{padding-left:18px!important;padding-right:18px!important}.sheet{border-radius:0!important}.out{padding:0!important}}
        @media (prefers-color-scheme:dark){
        .page{background-color:#141311!important}.sheet{background-color:#1e1c1a!important}
        .ink{color:#f1eee8!important}.body{color:#dad6ce!important}.muted{color:#a8a39a!important}
        .rule{border-color:#38352f!important}.link{color:#f0a47e!important}
        .button{background-color:#f0a47e!important;color:#1e1c1a!important}
        .b-yes{color:#7fcf9a!important;border-color:#7fcf9a!important}
        .b-part{color:#e5b866!important;border-color:#e5b866!important}
        .b-no{color:#f2958b!important;border-color:#f2958b!important}
        }
        """;
}
