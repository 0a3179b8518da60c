using System.Globalization;
using DailyPapers.Community.Comments;
using DailyPapers.Community.Moderation.Reports;
using DailyPapers.Community.Reactions;
using DailyPapers.Digests;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.Web.Feeds;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Parts;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Pages.Comments;

/// <summary>Comments on papers. They are read on the paper's page; here is what is done with them.</summary>
internal static class CommentRoutes
{
    private const int FeedEntries = 50;

    public static void MapCommentPages(this IEndpointRouteBuilder routes)
    {
        foreach (var pattern in (string[])["/papers/{key}/comments", "/papers/{archive}/{key}/comments"])
        {
            routes.MapPost(pattern, PostAsync).RequireAuthorization().RequireRateLimiting(RequestRates.Commenting).RequireAntiforgeryToken();
            routes.MapGet(pattern + ".atom", FeedAsync);
        }
        var comments = routes.MapGroup("/comments/{id:long}");
        comments.MapGet("", FindAsync);
        comments.MapGet("/history", HistoryAsync);
        comments.MapGet("/edit", EditPageAsync).RequireAuthorization();
        comments.MapPost("/edit", EditAsync).RequireAuthorization().RequireRateLimiting(RequestRates.Commenting).RequireAntiforgeryToken();
        comments.MapGet("/delete", DeletePageAsync).RequireAuthorization();
        comments.MapPost("/delete", DeleteAsync).RequireAuthorization().RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        comments.MapGet("/report", ReportPageAsync).RequireAuthorization();
        comments.MapPost("/report", ReportAsync).RequireAuthorization().RequireRateLimiting(RequestRates.Commenting).RequireAntiforgeryToken();
        comments.MapPost("/reactions", ReactAsync).RequireAuthorization().RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
    }

    private static async Task<IResult> PostAsync(
        string key, string? archive, [FromForm] string? text, [FromForm] long? parent, [FromForm] string? preview,
        PaperReader papers, Commenting commenting, CommentReader reader, ContentChanges changes, HttpContext context)
    {
        if (await PaperAsync(papers, archive, key, context) is not { } paper)
            return NoSuch(T["There is no such paper in this feed."]);
        if (preview is not null)
            return Write(paper, parent, text, null, await reader.PreviewAsync(text, context.RequestAborted));
        var outcome = await commenting.PostAsync(context.AccountId()!.Value, paper.Id, parent, text, context.RequestAborted);
        await changes.NoticeAsync(context.RequestAborted);
        return outcome.Status switch
        {
            CommentStatus.NoSuch => NoSuch(T["There is no such paper in this feed."]),
            CommentStatus.Refused => Write(paper, parent, text, outcome.Problem, null),
            _ => Results.LocalRedirect(CommentLink.To(paper, outcome.Id!.Value)),
        };
    }

    private static async Task<IResult> FeedAsync(
        string key, string? archive, PaperReader papers, CommentReader reader, ContentChanges changes, IOptions<SiteOptions> site, HttpContext context)
    {
        if (await PaperAsync(papers, archive, key, context) is not { } paper)
            return NoSuch(T["There is no such paper in this feed."]);
        if (FeedTag.IsKnown(context, changes.Current, CommentLink.Feed(paper)))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var newest = await reader.NewestAsync(paper.Id, FeedEntries, context.RequestAborted);
        var entries = newest.OrderByDescending(listed => listed.Comment.Id).Select(listed => new AtomEntry(
            string.Create(CultureInfo.InvariantCulture, $"/comments/{listed.Comment.Id}"),
            CommentLink.To(paper, listed.Comment.Id),
            T["Comment by {0}", listed.AuthorName ?? T["a deleted account"]],
            listed.Comment.CreatedAt,
            listed.Comment.EditedAt ?? listed.Comment.CreatedAt)
        {
            Authors = [listed.AuthorName ?? T["a deleted account"]],
            Html = listed.Html,
        }).ToList();
        return Results.Bytes(
            AtomFeed.Write(T["Comments on {0}", PlainTitle.Of(paper)], site.Value.Url.TrimEnd('/'), CommentLink.Feed(paper), $"{PaperLink.To(paper)}#comments", entries, paper.AddedAt),
            AtomFeed.ContentType);
    }

    private static async Task<IResult> FindAsync(long id, CommentReader reader, HttpContext context) =>
        await reader.FindAsync(id, context.RequestAborted) is { } listed
            ? Results.LocalRedirect(CommentLink.To(listed.Paper, id))
            : NoSuch();

    private static async Task<IResult> HistoryAsync(long id, CommentReader reader, HttpContext context)
    {
        var versions = await reader.HistoryAsync(id, context.RequestAborted);
        return versions.Count > 0 && await reader.FindAsync(id, context.RequestAborted) is { } listed
            ? Page.Of<CommentHistoryPage>(new { Listed = listed, Versions = versions })
            : NoSuch();
    }

    private static async Task<IResult> EditPageAsync(long id, CommentReader reader, HttpContext context) =>
        await OwnAsync(reader, id, context) is { Comment.State: CommentState.Visible or CommentState.Held } own
            ? Edit(own, own.Comment.Text, null, null)
            : NoSuch();

    private static async Task<IResult> EditAsync(
        long id, [FromForm] string? text, [FromForm] string? preview, Commenting commenting, CommentReader reader, ContentChanges changes, HttpContext context)
    {
        if (await OwnAsync(reader, id, context) is not { } own)
            return NoSuch();
        if (preview is not null)
            return Edit(own, text, null, await reader.PreviewAsync(text, context.RequestAborted));
        var outcome = await commenting.EditAsync(context.AccountId()!.Value, id, text, context.RequestAborted);
        await changes.NoticeAsync(context.RequestAborted);
        return outcome.Status switch
        {
            CommentStatus.NoSuch => NoSuch(),
            CommentStatus.Refused => Edit(own, text, outcome.Problem, null),
            _ => Results.LocalRedirect(CommentLink.To(own.Paper, id)),
        };
    }

    private static async Task<IResult> DeletePageAsync(long id, CommentReader reader, HttpContext context) =>
        await OwnAsync(reader, id, context) is { Comment.State: not CommentState.Deleted } own
            ? Page.Of<DeleteCommentPage>(new { Listed = own })
            : NoSuch();

    private static async Task<IResult> DeleteAsync(long id, Commenting commenting, CommentReader reader, ContentChanges changes, HttpContext context)
    {
        if (await OwnAsync(reader, id, context) is not { } own || !await commenting.DeleteAsync(context.AccountId()!.Value, id, context.RequestAborted))
            return NoSuch();
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect($"{PaperLink.To(own.Paper)}#comments");
    }

    private static async Task<IResult> ReportPageAsync(long id, CommentReader reader, HttpContext context) =>
        await reader.FindAsync(id, context.RequestAborted) is { Comment.State: CommentState.Visible } listed
            ? Page.Of<ReportCommentPage>(new { Listed = listed })
            : NoSuch();

    private static async Task<IResult> ReportAsync(
        long id, [FromForm] string? reason, [FromForm] string? note, Reporting reporting, CommentReader reader, HttpContext context)
    {
        if (await reader.FindAsync(id, context.RequestAborted) is not { Comment.State: CommentState.Visible } listed)
            return NoSuch();
        var why = Named<ReportReason>(reason);
        var outcome = why is { } known
            ? await reporting.ReportAsync(context.AccountId()!.Value, id, known, note, context.RequestAborted)
            : CommentOutcome.Refused(T["reason is missing; choose what is wrong with the comment."]);
        return outcome.Status switch
        {
            CommentStatus.NoSuch => NoSuch(),
            CommentStatus.Refused => Page.Of<ReportCommentPage>(new { Listed = listed, Reason = why, Note = note, outcome.Problem }, StatusCodes.Status400BadRequest),
            _ => Page.Of<ReportCommentPage>(new { Listed = listed, IsDone = true }),
        };
    }

    private static async Task<IResult> ReactAsync(
        long id, [FromForm] string? give, [FromForm] string? take, Reacting reacting, CommentReader reader, ContentChanges changes, HttpContext context)
    {
        if (Named<ReactionKind>(give ?? take) is not { } kind)
            throw new BadHttpRequestException(T["give or take must be one of {0}.", string.Join(", ", Enum.GetNames<ReactionKind>())]);
        var wanted = give is not null;
        if (await reacting.SetAsync(context.AccountId()!.Value, id, kind, wanted, context.RequestAborted) is not { } count)
            return NoSuch();
        await changes.NoticeAsync(context.RequestAborted);
        if (context.Request.WantsJson())
            return Results.Json(new ReactionAnswer(count, wanted), ReactionJson.Default.ReactionAnswer);
        return await FindAsync(id, reader, context);
    }

    private static Task<Paper?> PaperAsync(PaperReader papers, string? archive, string key, HttpContext context) =>
        papers.FindAsync(PaperLink.NameIn(archive, key), context.RequestAborted);

    // Another's comment answers like one that does not exist.
    private static async Task<ListedComment?> OwnAsync(CommentReader reader, long id, HttpContext context) =>
        await reader.FindAsync(id, context.RequestAborted) is { } listed && listed.Comment.AuthorId == context.AccountId() ? listed : null;

    private static T? Named<T>(string? name) where T : struct, Enum =>
        name is not null && char.IsAsciiLetter(name.FirstOrDefault()) && Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;

    private static IResult Write(Paper paper, long? parent, string? text, string? problem, string? preview) => Page.Of<WriteCommentPage>(
        new
        {
            Title = parent is null ? T["Write a comment"] : T["Write a reply"],
            Paper = paper,
            Action = CommentLink.Post(paper),
            Button = parent is null ? T["Comment"] : T["Reply"],
            Parent = parent,
            Text = text,
            Problem = problem,
            Preview = preview,
        },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static IResult Edit(ListedComment own, string? text, string? problem, string? preview) => Page.Of<WriteCommentPage>(
        new
        {
            Title = T["Change the comment"],
            own.Paper,
            Action = CommentLink.Of(own.Comment.Id, "edit"),
            Button = T["Save"],
            Text = text,
            Problem = problem,
            Preview = preview,
        },
        problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);

    private static IResult NoSuch(string? what = null) =>
        Page.Of<NotFoundPage>(new { What = what ?? T["There is no such comment, or it is not yours."] }, StatusCodes.Status404NotFound);
}
