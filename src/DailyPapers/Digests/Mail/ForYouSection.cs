using DailyPapers.Community.Recommending;
using DailyPapers.Editions;
using DailyPapers.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace DailyPapers.Digests.Mail;

/// <summary>
/// The section of a digest with papers chosen for its reader: for a subscriber with an account of the same, confirmed address
/// who wants it.
/// </summary>
public sealed class ForYouSection(
    IDbContextFactory<PapersDb> contexts, Recommendations recommendations, ILookupNormalizer normalizer, SiteLinks links, ILogger<ForYouSection> log)
{
    private const int MostPapers = 5;
    private const int Spare = 40;

    /// <summary>The section for a subscriber; null when there is none. What goes wrong is logged, since the digest is to go out all the same.</summary>
    public async Task<DigestSection?> ForAsync(Period period, Subscriber subscriber, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAccountAsync(subscriber, cancellationToken) is { } account ? await ComposeAsync(period, account, cancellationToken) : null;
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException))
        {
            log.LogWarning(exception, "Subscriber {Subscriber} gets the digest {Period} without papers of their own.", subscriber.Id, period.Name);
            return null;
        }
    }

    // Only a confirmed address shows that subscriber and account are one person: an account can be made with any address.
    private async Task<long?> FindAccountAsync(Subscriber subscriber, CancellationToken cancellationToken)
    {
        var email = normalizer.NormalizeEmail(subscriber.NormalizedEmail);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Users
            .Where(a => a.NormalizedEmail == email && a.EmailConfirmed && db.RecommendingChoices.Any(c => c.AccountId == a.Id && c.InDigest && !c.IsOff))
            .Select(a => (long?)a.Id)
            .FirstOrDefaultAsync(cancellationToken);
    }

    private async Task<DigestSection?> ComposeAsync(Period period, long accountId, CancellationToken cancellationToken)
    {
        var (_, found) = await recommendations.ReadAsync(accountId, MostPapers + Spare, Added(period), cancellationToken);
        var edition = await EditionAsync(period, cancellationToken);
        var items = found.Where(paper => !edition.Contains(paper.Listed.Paper.Id)).Take(MostPapers).Select(paper => DigestItems.Of(paper.Listed, links)).ToList();
        if (items.Count == 0)
            return null;
        var html = await MailHtml.RenderPartAsync<ForYouRows>(new() { [nameof(ForYouRows.Items)] = items, [nameof(ForYouRows.ForYouUrl)] = links.ForYou });
        var text = new TextLayout().Paragraph(T["For you: new papers, by what you upvoted, kept, read and follow"]).Line(links.ForYou).Line();
        foreach (var item in items)
            DigestItemText.Write(text, item, "  - ");
        return new DigestSection(html, text.ToString());
    }

    // What came in the day before, or in the week, so that no two digests choose from the same papers.
    private static (DateTimeOffset From, DateTimeOffset Before) Added(Period period)
    {
        var (from, before) = period.Kind is PeriodKind.Day ? (period.First.AddDays(-1), period.First) : (period.First, period.Last.AddDays(1));
        return (new(from.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero), new(before.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero));
    }

    private async Task<IReadOnlySet<long>> EditionAsync(Period period, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.Editions.Where(e => e.Date >= period.First && e.Date <= period.Last)
            .SelectMany(e => e.Entries, (_, entry) => entry.PaperId)
            .ToHashSetAsync(cancellationToken);
    }
}
