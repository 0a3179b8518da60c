using System.Globalization;
using DailyPapers.Community.Following;

namespace DailyPapers.Community.Notifications;

/// <summary>
/// Words what a person is told in the language that is spoken when it is read. The names of a notification are those the
/// sentence has places for: an author, a title, a day as <c>2025-08-13</c>, or what is followed as <c>Author:Ada Lovelace</c>.
/// </summary>
internal static class NotificationSentence
{
    private const string Day = "yyyy-MM-dd";

    public static string NameOf(DateOnly date) => date.ToString(Day, CultureInfo.InvariantCulture);

    public static string NameOf(Follow follow) => $"{follow.Kind}:{follow.Value}";

    public static string Of(NotificationView told) => told.Kind switch
    {
        NotificationKind.Reply => T["{0} answered your comment.", ActorOf(told)],
        NotificationKind.Mention => T["{0} mentioned you in a comment.", ActorOf(told)],
        NotificationKind.Reaction => T["{0} reacted to your comment.", ActorOf(told)],
        NotificationKind.FollowedPaper => FollowedOf(told) is { } followed ? T["There is a new paper; you follow {0}.", followed] : T["There is a new paper you may want to see."],
        _ => Decided(told, told.Names.Count > 0 ? told.Names[0] : ""),
    };

    private static string Decided(NotificationView told, string name) => told.Decision switch
    {
        Decision.CommentHidden => T["Your comment was hidden by a curator: {0}", told.Text],
        Decision.ReportedCommentHidden => T["The comment you reported was hidden."],
        Decision.CommentRestored => T["A curator put your comment back."],
        Decision.CommentApproved => T["A curator approved your comment; it is on the page now."],
        Decision.ReportedCommentKept => T["A curator looked at the comment you reported and left it on the page."],
        Decision.BanEnded => T["A curator ended your ban."],
        Decision.AuthorConfirmed => Because(T["A curator confirmed that you are {0}, an author of this paper", name], told.Text),
        Decision.AuthorNotConfirmed => Because(T["A curator did not confirm that you are {0}, an author of this paper", name], told.Text),
        Decision.SubmissionLeftOut => Because(T["A curator left out the paper you submitted"], told.Text),
        Decision.ProposalLeftOut => Because(T["A curator left out “{0}”, which you typed in", name], told.Text),
        Decision.ProposalTaken => T["A curator took “{0}”, which you typed in; it waits for an edition.", name],
        Decision.InEdition when DateOnly.TryParseExact(name, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) =>
            T["The paper you submitted is in the edition of {0:d MMMM yyyy}.", date],
        _ => told.Text ?? T["A curator decided about something of yours."],
    };

    private static string ActorOf(NotificationView told) => told.ActorName ?? T["Somebody"];

    private static string Because(string decision, string? reason) => reason is null ? decision + "." : $"{decision}: {reason}";

    private static string? FollowedOf(NotificationView told) => told.Names.Count == 0 ? told.Text : string.Join(", ", told.Names.Select(FollowedOf));

    private static string FollowedOf(string name)
    {
        var (kind, value) = (name[..name.IndexOf(':', StringComparison.Ordinal)], name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..]);
        return kind switch
        {
            nameof(FollowKind.Author) => T["the author {0}", value],
            nameof(FollowKind.Keyword) => T["the keyword {0}", value],
            _ => T["the category {0}", value],
        };
    }
}
