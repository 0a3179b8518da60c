using DailyPapers.Community.Collections;
using DailyPapers.Digests;
using DailyPapers.Digests.Mail;
using DailyPapers.Storage;
using DailyPapers.Web.Caching;
using DailyPapers.Web.Feeds;
using DailyPapers.Web.Layout;
using DailyPapers.Web.Pages.Errors;
using DailyPapers.Web.Security;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace DailyPapers.Web.Pages.Collections;

/// <summary>Collections: everybody's public ones, and a person's own.</summary>
internal static class CollectionRoutes
{
    private const int PublicShown = 50;

    public static void MapCollectionPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup(CollectionLink.All);
        pages.MapGet("", ListAsync).CacheOutput(AnonymousPageCaching.Name);
        pages.MapGet("/{id:long}/{slug?}", ShowAsync).CacheOutput(AnonymousPageCaching.Name);
        pages.MapGet("/{id:long}/export.{extension}", ExportAsync);
        pages.MapGet("/{id:long}/feed.atom", FeedAsync);

        var changes = routes.MapGroup(CollectionLink.All).RequireAuthorization().RequireRateLimiting(RequestRates.Writing).RequireAntiforgeryToken();
        changes.MapPost("", CreateAsync);
        changes.MapPost("/collect", CollectAsync);
        changes.MapPost("/{id:long}/edit", EditAsync);
        changes.MapPost("/{id:long}/delete", DeleteAsync);
        changes.MapPost("/{id:long}/order", ArrangeAsync);
        changes.MapPost("/{id:long}/papers/{paper:long}/move", MoveAsync);
        changes.MapPost("/{id:long}/papers/{paper:long}/note", NoteAsync);
        changes.MapPost("/{id:long}/papers/{paper:long}/remove", RemoveAsync);
    }

    private static async Task<IResult> ListAsync(CollectionReader collections, HttpContext context) => await AllAsync(collections, context, problem: null);

    private static async Task<IResult> AllAsync(CollectionReader collections, HttpContext context, string? problem)
    {
        var own = context.AccountId() is { } account ? await collections.ListOwnAsync(account, context.RequestAborted) : null;
        var shown = await collections.ListPublicAsync(PublicShown, context.RequestAborted);
        return Page.Of<CollectionsPage>(
            new { Own = own, Public = shown, Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ShowAsync(long id, string? slug, CollectionReader collections, HttpContext context)
    {
        if (await collections.FindAsync(id, context.AccountId(), context.RequestAborted) is not { } view)
            return Unknown();
        // The name in the address follows the collection's; links with an earlier one lead here.
        return slug == view.Summary.Slug ? await PageOfAsync(view, context, problem: null) : Results.Redirect(CollectionLink.To(id, view.Summary.Slug));
    }

    private static async Task<IResult> PageOfAsync(CollectionView view, HttpContext context, string? problem)
    {
        await context.LoadGivenUpvotesAsync(view.Papers.Select(entry => entry.Listed.Paper.Id));
        return Page.Of<CollectionPage>(
            new { View = view, Problem = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> ExportAsync(long id, string extension, CollectionReader collections, SiteLinks links, HttpContext context)
    {
        if (extension is not ("json" or "bib" or "md") || await collections.FindAsync(id, context.AccountId(), context.RequestAborted) is not { } view)
            return Unknown();
        context.Response.Headers.ContentDisposition = $"inline; filename=\"{view.Summary.Slug}.{extension}\"";
        return extension switch
        {
            "json" => Results.Text(CollectionExports.Json(view, links.Paper), "application/json; charset=utf-8"),
            "bib" => Results.Text(CollectionExports.BibTeX(view), "application/x-bibtex; charset=utf-8"),
            _ => Results.Text(CollectionExports.Markdown(view, links.Paper), "text/markdown; charset=utf-8"),
        };
    }

    private static async Task<IResult> FeedAsync(long id, CollectionReader collections, ContentChanges changes, IOptions<SiteOptions> site, HttpContext context)
    {
        if (await collections.FindAsync(id, context.AccountId(), context.RequestAborted) is not { } view)
            return Unknown();
        if (FeedTag.IsKnown(context, changes.Current, FormattableString.Invariant($"collection {id} {view.Summary.UpdatedAt.UtcTicks}")))
            return Results.StatusCode(StatusCodes.Status304NotModified);
        var entries = view.Papers
            .OrderByDescending(entry => entry.AddedAt)
            .Select(entry => new FeedEntry(entry.Listed.Paper, entry.AddedAt, entry.Note))
            .ToList();
        return Results.Bytes(
            AtomFeed.Write(
                $"{view.Summary.Name} · {site.Value.Name}", site.Value.Url.TrimEnd('/'), CollectionLink.Feed(id), CollectionLink.To(id, view.Summary.Slug), entries, view.Summary.UpdatedAt),
            AtomFeed.ContentType);
    }

    private static async Task<IResult> CreateAsync(
        [FromForm] string? name, [FromForm] string? description, [FromForm(Name = "public")] string? isPublic,
        CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context)
    {
        var outcome = await writer.CreateAsync(context.AccountId()!.Value, new(name ?? "", description, isPublic is not null), context.RequestAborted);
        if (outcome.Collection is not { } made)
            return await AllAsync(reader, context, T["The collection was not made. {0}", outcome.Problem]);
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(CollectionLink.To(made.Id, made.Slug));
    }

    /// <summary>Adds a paper, from its page, to a collection that there is or that is made for it.</summary>
    private static async Task<IResult> CollectAsync(
        [FromForm] long paper, [FromForm] long? collection, [FromForm] string? name, [FromForm] string? note,
        CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context)
    {
        var account = context.AccountId()!.Value;
        if (collection is null)
        {
            var made = await writer.CreateAsync(account, new(name ?? "", null, IsPublic: false), context.RequestAborted);
            if (made.Collection is null)
                return await AllAsync(reader, context, T["The collection was not made. {0}", made.Problem]);
            collection = made.Collection.Id;
        }
        var outcome = await writer.AddAsync(account, collection.Value, paper, note, context.RequestAborted);
        if (outcome.IsMissing)
            return Unknown();
        if (outcome.Problem is { } problem)
            return await AllAsync(reader, context, T["The paper was not added. {0}", problem]);
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(ReturnTo.FromReferer(context.Request, CollectionLink.To(outcome.Collection!.Id, outcome.Collection.Slug)));
    }

    private static async Task<IResult> EditAsync(
        long id, [FromForm] string? name, [FromForm] string? description, [FromForm(Name = "public")] string? isPublic,
        CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context) =>
        await AnswerAsync(
            await writer.EditAsync(context.AccountId()!.Value, id, new(name ?? "", description, isPublic is not null), context.RequestAborted), id, reader, changes, context);

    private static async Task<IResult> DeleteAsync(long id, CollectionWriter writer, ContentChanges changes, HttpContext context)
    {
        if (!await writer.DeleteAsync(context.AccountId()!.Value, id, context.RequestAborted))
            return Unknown();
        await changes.NoticeAsync(context.RequestAborted);
        return Results.LocalRedirect(CollectionLink.All);
    }

    private static async Task<IResult> ArrangeAsync(
        long id, [FromForm] long[] paper, CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context)
    {
        var outcome = await writer.ArrangeAsync(context.AccountId()!.Value, id, paper, context.RequestAborted);
        // The script on the page has shown the new order already.
        if (outcome.Collection is null || !context.Request.WantsJson())
            return await AnswerAsync(outcome, id, reader, changes, context);
        await changes.NoticeAsync(context.RequestAborted);
        return Results.NoContent();
    }

    private static async Task<IResult> MoveAsync(
        long id, long paper, [FromForm] string? to, CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context) =>
        to is "up" or "down"
            ? await AnswerAsync(await writer.MoveAsync(context.AccountId()!.Value, id, paper, to is "up" ? -1 : 1, context.RequestAborted), id, reader, changes, context)
            : Page.Of<BadRequestPage>(new { Field = "to", Value = to ?? "", Expected = T["up or down"] }, StatusCodes.Status400BadRequest);

    private static async Task<IResult> NoteAsync(
        long id, long paper, [FromForm] string? note, CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context) =>
        await AnswerAsync(await writer.NoteAsync(context.AccountId()!.Value, id, paper, note, context.RequestAborted), id, reader, changes, context);

    private static async Task<IResult> RemoveAsync(
        long id, long paper, CollectionWriter writer, CollectionReader reader, ContentChanges changes, HttpContext context) =>
        await AnswerAsync(await writer.RemoveAsync(context.AccountId()!.Value, id, paper, context.RequestAborted), id, reader, changes, context);

    private static async Task<IResult> AnswerAsync(CollectionOutcome outcome, long id, CollectionReader reader, ContentChanges changes, HttpContext context)
    {
        if (outcome.Collection is { } changed)
        {
            await changes.NoticeAsync(context.RequestAborted);
            return Results.LocalRedirect(CollectionLink.To(id, changed.Slug));
        }
        return outcome.Problem is { } problem && await reader.FindAsync(id, context.AccountId(), context.RequestAborted) is { IsOwn: true } view
            ? await PageOfAsync(view, context, T["Nothing was changed. {0}", problem])
            : Unknown();
    }

    private static IResult Unknown() => Page.Of<NotFoundPage>(new { What = T["There is no such collection, or it is somebody else's private one."] }, StatusCodes.Status404NotFound);
}
