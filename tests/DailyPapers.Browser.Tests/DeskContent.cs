using DailyPapers.Community.Accounts;
using DailyPapers.Community.Submissions;
using DailyPapers.Editions.Drafting;
using DailyPapers.Papers;
using DailyPapers.Search.Semantic;
using DailyPapers.Storage;
using DailyPapers.TestSupport;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Browser.Tests;

/// <summary>What the desk has for the tests: candidates of today, a submission, something typed in, and two papers picked.</summary>
internal static class DeskContent
{
    public static async Task AddAsync(RunningService service, DateOnly deskDay)
    {
        var stored = await service.Get<PaperIntake>().StoreAsync([.. Enumerable.Range(0, 6).Select(Record)]);
        foreach (var paper in stored.Papers.Take(2))
            await service.Get<EditionDrafts>().PickAsync(null, deskDay, paper.Id, CancellationToken.None);
        await service.Get<EditionDrafts>().NoteAsync(null, deskDay, stored.Papers[0].Id, "Ask the authors for the code first.", CancellationToken.None);

        await using var db = await service.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync();
        var account = new Account { DisplayName = "Bo Submitter", UserName = "bo@example.org", Email = "bo@example.org" };
        db.Add(account);
        await db.SaveChangesAsync();
        var bo = new Submitter(account.Id, account.DisplayName, IsCurator: false);
        await service.Get<Submitting>().SubmitAsync(bo, "10.1000/desk.3", "Our reading group argued about it for an hour.", toToday: false, CancellationToken.None);
        var entry = new HandEntry("A Workshop Paper That Is on No Server", "Ilse Brandt\nOlu Adeyemi", "Why cranes count what they carry, with $O(n \\log n)$ weighings.", null, "https://example.org/cranes.pdf");
        await service.Get<Submitting>().EnterAsync(bo, entry, "Seen in Vienna.", toToday: false, CancellationToken.None);
        // Each candidate shows what is like it, which needs the vectors.
        await service.Get<SemanticIndex>().AdvanceAsync(progress: null, CancellationToken.None);
    }

    private static PaperRecord Record(int number) => new()
    {
        Source = "jsonl",
        Doi = $"10.1000/desk.{number}",
        Title = $"Cranes and Counterweights, Part {number}: Bounds of $\\mathcal{{O}}(n^{number + 1})$ for Lifting in Parallel",
        Authors = [new() { Name = "Ilse Brandt" }, new() { Name = "Olu Adeyemi" }, new() { Name = "Rita Gomez" }, new() { Name = "Dana White" }, new() { Name = "K. M. Ito" }],
        Abstract = string.Concat(Enumerable.Repeat("We lift loads with several cranes at once and bound how far their counterweights swing. ", 5)),
        Categories = ["cs.RO", "math.OC"],
        Published = DateOnly.FromDateTime(DateTime.UtcNow),
    };
}
