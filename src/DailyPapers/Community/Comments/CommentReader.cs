using DailyPapers.Community.Comments.Rendering;
using DailyPapers.Community.Reactions;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Community.Comments;

/// <summary>Reads comments as a given reader may see them.</summary>
public sealed class CommentReader(IDbContextFactory<PapersDb> contexts, CommentHtml html)
{
    /// <summary>Comments one page shows.</summary>
    public const int Most = 1_000;

    private static readonly ReactionKind[] Kinds = Enum.GetValues<ReactionKind>();

    /// <summary>A paper's comments for a reader; null is anybody.</summary>
    public async Task<CommentList> ReadAsync(long paperId, long? readerId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var comments = await db.Comments.AsNoTracking().Where(c => c.PaperId == paperId).OrderBy(c => c.Id).Take(Most).ToListAsync(cancellationToken);
        if (comments.Count == 0)
            return new([], 0);
        var all = comments.Count < Most ? Most : await db.Comments.CountAsync(c => c.PaperId == paperId, cancellationToken);
        var authors = await AuthorsAsync(db, comments, cancellationToken);
        var handles = await KnownHandlesAsync(db, comments.Select(c => c.Text), cancellationToken);
        var last = comments[^1].Id;
        var reactions = (await db.Reactions.AsNoTracking()
            .Where(r => db.Comments.Any(c => c.Id == r.CommentId && c.PaperId == paperId && c.Id <= last))
            .Select(r => new { r.CommentId, r.Kind, IsOwn = r.AccountId == readerId })
            .ToListAsync(cancellationToken)).ToLookup(r => r.CommentId, r => (r.Kind, r.IsOwn));
        var byId = comments.ToDictionary(c => c.Id);

        return new(CommentThreads.Arrange(comments, c => Sees(c, readerId), View), Math.Max(0, all - Most));

        CommentView View(Comment comment, bool namesAnswered, IReadOnlyList<CommentView> replies)
        {
            var sees = Sees(comment, readerId);
            var author = sees && comment.AuthorId is { } id ? authors.GetValueOrDefault(id) : default;
            return new CommentView
            {
                Id = comment.Id,
                State = comment.State,
                Html = sees ? html.Render(comment.Text, handles) : null,
                Reason = comment.State is CommentState.Hidden ? comment.StateReason : null,
                AuthorName = author.Name,
                AuthorHandle = author.Handle,
                IsOwn = comment.AuthorId is not null && comment.AuthorId == readerId,
                CreatedAt = comment.CreatedAt,
                EditedAt = sees ? comment.EditedAt : null,
                Answers = namesAnswered && comment.ParentId is { } parent ? (parent, AnsweredName(parent)) : null,
                Reactions = Kinds.Select(kind => new ReactionCount(
                    kind, reactions[comment.Id].Count(r => r.Kind == kind), reactions[comment.Id].Any(r => r.Kind == kind && r.IsOwn))).ToList(),
                Replies = replies,
            };
        }

        string? AnsweredName(long id) =>
            byId.TryGetValue(id, out var answered) && Sees(answered, readerId) && answered.AuthorId is { } author ? authors.GetValueOrDefault(author).Name : null;
    }

    /// <summary>The newest comments everybody sees of a paper, for its feed.</summary>
    public async Task<IReadOnlyList<ListedComment>> NewestAsync(long paperId, int most, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var visible = db.Comments.AsNoTracking().Where(c => c.PaperId == paperId && c.State == CommentState.Visible).OrderByDescending(c => c.Id).Take(most);
        return await ListAsync(db, visible, cancellationToken);
    }

    /// <summary>One comment, whoever may see it.</summary>
    public async Task<ListedComment?> FindAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await ListAsync(db, db.Comments.AsNoTracking().Where(c => c.Id == id), cancellationToken)).SingleOrDefault();
    }

    /// <summary>What a comment said at each time, the newest first; empty when it is not for everybody to see.</summary>
    public async Task<IReadOnlyList<CommentVersion>> HistoryAsync(long id, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.Comments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id && c.State == CommentState.Visible, cancellationToken) is not { } comment)
            return [];
        var before = await db.CommentRevisions.AsNoTracking().Where(r => r.CommentId == id).OrderByDescending(r => r.Id).ToListAsync(cancellationToken);
        var handles = await KnownHandlesAsync(db, before.Select(r => r.Text).Append(comment.Text), cancellationToken);
        return
        [
            new(comment.EditedAt ?? comment.CreatedAt, html.Render(comment.Text, handles)),
            .. before.Select(revision => new CommentVersion(revision.WrittenAt, html.Render(revision.Text, handles))),
        ];
    }

    /// <summary>A text that is not yet kept, as it will look.</summary>
    public async Task<string> PreviewAsync(string? text, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var clean = CommentText.Clean(text);
        clean = clean.Length <= Comment.LongestText ? clean : clean[..Comment.LongestText];
        return html.Render(clean, await KnownHandlesAsync(db, [clean], cancellationToken));
    }

    internal async Task<IReadOnlyList<ListedComment>> ListAsync(PapersDb db, IQueryable<Comment> comments, CancellationToken cancellationToken)
    {
        var rows = await (
            from c in comments
            join p in db.Papers on c.PaperId equals p.Id
            join a in db.Users on c.AuthorId equals a.Id into authors
            from author in authors.DefaultIfEmpty()
            select new { Comment = c, Paper = p, Name = author == null ? null : author.DisplayName, Handle = author == null ? null : author.Handle }).ToListAsync(cancellationToken);
        var handles = await KnownHandlesAsync(db, rows.Select(row => row.Comment.Text), cancellationToken);
        return rows.ConvertAll(row => new ListedComment(row.Comment, row.Paper, row.Name, row.Handle, html.Render(row.Comment.Text, handles)));
    }

    private static bool Sees(Comment comment, long? readerId) =>
        comment.State is CommentState.Visible
        || (comment.State is CommentState.Held or CommentState.Hidden && comment.AuthorId is not null && comment.AuthorId == readerId);

    private static async Task<Dictionary<long, (string Name, string? Handle)>> AuthorsAsync(PapersDb db, List<Comment> comments, CancellationToken cancellationToken)
    {
        var ids = comments.Select(c => c.AuthorId).OfType<long>().Distinct().ToArray();
        return await db.Users.AsNoTracking().Where(a => EF.Parameter(ids).Contains(a.Id))
            .Select(a => new { a.Id, a.DisplayName, a.Handle })
            .ToDictionaryAsync(a => a.Id, a => (a.DisplayName, a.Handle), cancellationToken);
    }

    private static async Task<IReadOnlySet<string>> KnownHandlesAsync(PapersDb db, IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var named = texts.SelectMany(Mentions.In).Distinct().ToArray();
        return named.Length == 0
            ? new HashSet<string>()
            : await db.Users.AsNoTracking().Where(a => EF.Parameter(named).Contains(a.Handle)).Select(a => a.Handle!).ToHashSetAsync(cancellationToken);
    }
}
