using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Notifications;

/// <summary>Tells people things. A notification goes into the transaction of what it tells, so neither exists without the other.</summary>
public static class Notifying
{
    /// <summary>
    /// Adds a notification to the changes of <paramref name="db"/>; it is saved with them. Nobody is told of their own doing,
    /// nor of the same thing twice: a reaction given, taken back and given again is told once, and so is a paper that several
    /// followed things find.
    /// </summary>
    public static async Task NotifyAsync(this PapersDb db, NewNotification told, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(told);
        if (told.ActorId == told.RecipientId || IsToldIn(db, told) || await IsToldAsync(db, told, cancellationToken))
            return;
        db.Tell(told);
    }

    /// <summary>The same for a caller that has asked already whether the person knows.</summary>
    internal static void Tell(this PapersDb db, NewNotification told) =>
        db.Notifications.Add(new Notification
        {
            AccountId = told.RecipientId,
            Kind = told.Kind,
            CreatedAt = told.At,
            ActorId = told.ActorId,
            CommentId = told.CommentId,
            PaperId = told.PaperId,
            Decision = told.Decision,
            Names = [.. told.Names.Select(Cut)],
            Text = told.Text is null ? null : Cut(told.Text),
        });

    private static string Cut(string text) => text.Length <= Notification.LongestText ? text : text[..(Notification.LongestText - 1)] + "…";

    private static bool IsToldIn(PapersDb db, NewNotification told) =>
        told.Kind is not NotificationKind.Moderation
        && db.Notifications.Local.Any(n => n.AccountId == told.RecipientId && n.CommentId == told.CommentId && n.PaperId == told.PaperId
            && (n.Kind == told.Kind || (IsAnswer(n.Kind) && IsAnswer(told.Kind))) && n.ActorId == told.ActorId);

    private static Task<bool> IsToldAsync(PapersDb db, NewNotification told, CancellationToken cancellationToken)
    {
        var known = db.Notifications.AsNoTracking().Where(n => n.AccountId == told.RecipientId);
        return told.Kind switch
        {
            // Who is answered and named in one comment hears of it once.
            NotificationKind.Reply or NotificationKind.Mention => known.AnyAsync(
                n => n.CommentId == told.CommentId && (n.Kind == NotificationKind.Reply || n.Kind == NotificationKind.Mention), cancellationToken),
            NotificationKind.Reaction => known.AnyAsync(
                n => n.Kind == NotificationKind.Reaction && n.CommentId == told.CommentId && n.ActorId == told.ActorId, cancellationToken),
            NotificationKind.FollowedPaper => known.AnyAsync(n => n.Kind == NotificationKind.FollowedPaper && n.PaperId == told.PaperId, cancellationToken),
            _ => Task.FromResult(false),
        };
    }

    private static bool IsAnswer(NotificationKind kind) => kind is NotificationKind.Reply or NotificationKind.Mention;
}
