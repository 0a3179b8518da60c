using DailyPapers.Community.Accounts;
using DailyPapers.Community.Submissions;
using DailyPapers.Editions;
using DailyPapers.Papers;
using DailyPapers.Storage;
using DailyPapers.Tests.Sources;
using DailyPapers.Tests.Sources.Arxiv;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Tests.Community.Submissions;

public class SubmittingTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_pasted_address_becomes_a_paper_that_waits()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(ArxivXml.AtomText(1, ArxivXml.Entry("2508.00001v1", "A New Paper"))));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var ada = await AddAsync(bed);

        var result = await bed.Get<Submitting>().SubmitAsync(ada, "https://huggingface.co/papers/2508.00001", " worth\n it ", toToday: true, Token);

        Assert.Equal(SubmissionOutcome.Queued, result.Outcome);
        Assert.Equal("A New Paper", result.Paper!.Title);
        Assert.Contains("id_list=2508.00001", Assert.Single(server.Requests), StringComparison.Ordinal);
        var own = Assert.Single(await bed.Get<Submitting>().ListAsync(ada.AccountId, Token));
        Assert.Equal(SubmissionState.Queued, own.State);
        await using var db = await OpenAsync(bed);
        Assert.Equal("worth it", (await db.Submissions.SingleAsync(Token)).Note);
        Assert.Equal(0, await db.Editions.CountAsync(Token));
        Assert.Equal("submission.create", (await db.AuditEntries.SingleAsync(Token)).Action);
    }

    [Fact]
    public async Task A_curator_s_goes_straight_into_today_s_edition()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(ArxivXml.AtomText(1, ArxivXml.Entry("2508.00001v1"))));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var curator = await AddAsync(bed, isCurator: true);

        var result = await bed.Get<Submitting>().SubmitAsync(curator, "2508.00001", null, toToday: true, Token);

        Assert.Equal(SubmissionOutcome.InEdition, result.Outcome);
        var edition = await bed.Get<EditionReader>().ReadAsync(Period.Day(bed.Get<SiteCalendar>().Today), Token);
        Assert.Equal(result.Paper!.Id, Assert.Single(edition.Papers).Paper.Id);
        Assert.Equal(SubmissionState.Accepted, Assert.Single(await bed.Get<Submitting>().ListAsync(curator.AccountId, Token)).State);
    }

    [Fact]
    public async Task The_same_paper_under_other_names_is_one_submission()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(ArxivXml.AtomText(1, ArxivXml.Entry("2508.00001v1", "One Paper"))));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var (ada, bo) = (await AddAsync(bed), await AddAsync(bed));
        await bed.Get<Submitting>().SubmitAsync(ada, "2508.00001v1", null, toToday: false, Token);

        foreach (var again in (string[])["arXiv:2508.00001v2", "https://doi.org/10.48550/arXiv.2508.00001"])
            Assert.Equal(SubmissionOutcome.AlreadySubmitted, (await bed.Get<Submitting>().SubmitAsync(bo, again, null, toToday: false, Token)).Outcome);
        var typed = new HandEntry("Another title", "Somebody Else", "Another abstract.", "2508.00001", null);
        Assert.Equal(SubmissionOutcome.AlreadySubmitted, (await bed.Get<Submitting>().EnterAsync(bo, typed, null, toToday: false, Token)).Outcome);

        // What is known was not asked for again, nor changed by what was typed.
        Assert.Single(server.Requests);
        Assert.Equal("One Paper", (await bed.Get<PaperReader>().FindAsync("2508.00001", Token))!.Title);
    }

    [Theory]
    [MemberData(nameof(PaperReferenceTests.Hostile), MemberType = typeof(PaperReferenceTests))]
    public async Task What_names_no_paper_makes_nothing_be_asked(string text)
    {
        await using var server = await SourceServer.AnswerAsync(new Answer(ArxivXml.AtomText(0)));
        await using var bed = await SourceTestBed.CreateAsync(server);

        Assert.Equal(SubmissionOutcome.NotUnderstood, (await bed.Get<Submitting>().SubmitAsync(await AddAsync(bed), text, null, toToday: false, Token)).Outcome);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Without_arXiv_the_paper_can_be_typed_in_and_stays_with_the_curators_until_one_takes_it()
    {
        await using var server = await SourceServer.AnswerAsync(new Answer("", 404));
        await using var bed = await SourceTestBed.CreateAsync(server);
        var ada = await AddAsync(bed);
        Assert.Equal(SubmissionOutcome.NeedsTyping, (await bed.Get<Submitting>().SubmitAsync(ada, "2508.00001", null, toToday: false, Token)).Outcome);

        var entry = new HandEntry("A Typed Paper", "Ada Example\nGrace Sample", "What it says.", "2508.00001", null);
        Assert.Equal(SubmissionOutcome.Proposed, (await bed.Get<Submitting>().EnterAsync(ada, entry, "look", toToday: true, Token)).Outcome);
        Assert.Null(await bed.Get<PaperReader>().FindAsync("2508.00001", Token));

        var curator = await AddAsync(bed, isCurator: true);
        var proposal = Assert.Single(await bed.Get<SubmissionDecisions>().ProposalsAsync(Token));
        Assert.True(await bed.Get<SubmissionDecisions>().AcceptProposalAsync(curator.AccountId, proposal.Id, Token));
        Assert.False(await bed.Get<SubmissionDecisions>().AcceptProposalAsync(curator.AccountId, proposal.Id, Token));

        var paper = (await bed.Get<PaperReader>().FindAsync("2508.00001", Token))!;
        Assert.Equal(["Ada Example", "Grace Sample"], paper.Authors.Select(a => a.Name));
        await using var db = await OpenAsync(bed);
        var submission = await db.Submissions.SingleAsync(Token);
        Assert.Equal((ada.AccountId, paper.Id, SubmissionState.Queued, "look"), (submission.AccountId!.Value, submission.PaperId, submission.State, submission.Note));
    }

    [Theory]
    [InlineData("", "Ada", null, null, "title")]
    [InlineData("T", " \n ", null, null, "authors")]
    [InlineData("T", "Ada", "http://127.0.0.1/", null, "identifier")]
    [InlineData("T", "Ada", null, "javascript:alert(1)", "http")]
    public async Task What_cannot_be_stored_is_refused_by_name(string title, string authors, string? identifier, string? url, string named)
    {
        await using var bed = await SourceTestBed.CreateAsync(null);
        var result = await bed.Get<Submitting>().EnterAsync(await AddAsync(bed), new HandEntry(title, authors, null, identifier, url), null, toToday: false, Token);
        Assert.Equal(SubmissionOutcome.Invalid, result.Outcome);
        Assert.Contains(named, result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_day_has_its_limit_also_for_what_was_taken_back_and_curators_have_none()
    {
        await using var bed = await SourceTestBed.CreateAsync(null, settings: new Dictionary<string, string?> { ["Submissions:PerDay"] = "2" });
        var submitting = bed.Get<Submitting>();
        var (ada, curator) = (await AddAsync(bed), await AddAsync(bed, isCurator: true));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(SubmissionOutcome.Proposed, (await submitting.EnterAsync(ada, Typed(i), null, toToday: false, Token)).Outcome);
            Assert.True(await submitting.WithdrawAsync(ada.AccountId, (await submitting.ListAsync(ada.AccountId, Token))[0].Id, isProposal: true, Token));
        }

        Assert.Equal(SubmissionOutcome.LimitReached, (await submitting.EnterAsync(ada, Typed(2), null, toToday: false, Token)).Outcome);
        Assert.Equal(SubmissionOutcome.LimitReached, (await submitting.SubmitAsync(ada, "2508.00001", null, toToday: false, Token)).Outcome);
        for (var i = 0; i < 4; i++)
            Assert.True((await submitting.EnterAsync(curator, Typed(10 + i), null, toToday: false, Token)).IsSubmitted);
        bed.Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(SubmissionOutcome.Proposed, (await submitting.EnterAsync(ada, Typed(3), null, toToday: false, Token)).Outcome);

        static HandEntry Typed(int number) => new($"Paper number {number}", "Ada Example", null, null, null);
    }

    [Fact]
    public async Task Only_one_s_own_submission_can_be_taken_back_and_only_while_it_waits()
    {
        await using var bed = await SourceTestBed.CreateAsync(null);
        var submitting = bed.Get<Submitting>();
        var (ada, curator) = (await AddAsync(bed), await AddAsync(bed, isCurator: true));
        var paper = (await submitting.EnterAsync(curator, new HandEntry("A paper", "Ada Example", null, null, null), null, toToday: false, Token)).Paper!;
        var id = (await submitting.ListAsync(curator.AccountId, Token))[0].Id;

        Assert.False(await submitting.WithdrawAsync(ada.AccountId, id, isProposal: false, Token));
        await bed.Get<EditionWriter>().ReplaceAsync(new DateOnly(2025, 8, 14), [paper.Id], Token);
        Assert.False(await submitting.WithdrawAsync(curator.AccountId, id, isProposal: false, Token));
    }

    [Fact]
    public async Task Of_many_who_submit_a_paper_at_once_one_does()
    {
        await using var bed = await SourceTestBed.CreateAsync(null);
        await bed.Get<PaperIntake>().StoreAsync([new PaperRecord { Source = "jsonl", Arxiv = ArxivId.Parse("2508.00001"), Title = "Known" }], cancellationToken: Token);
        var people = new List<Submitter>();
        for (var i = 0; i < 8; i++)
            people.Add(await AddAsync(bed));

        var results = await Task.WhenAll(people.Select(who => Task.Run(() => bed.Get<Submitting>().SubmitAsync(who, "2508.00001", null, toToday: false, Token))));

        Assert.Equal(1, results.Count(r => r.Outcome is SubmissionOutcome.Queued));
        Assert.Equal(7, results.Count(r => r.Outcome is SubmissionOutcome.AlreadySubmitted));
    }

    [Fact]
    public async Task A_deleted_account_leaves_accepted_papers_without_its_name_and_nothing_else()
    {
        await using var bed = await SourceTestBed.CreateAsync(null);
        var (ada, curator) = (await AddAsync(bed), await AddAsync(bed, isCurator: true));
        await bed.Get<Submitting>().EnterAsync(ada, new HandEntry("Proposed", "Ada Example", null, null, null), null, toToday: false, Token);
        await bed.Get<PaperIntake>().StoreAsync([new PaperRecord { Source = "jsonl", Arxiv = ArxivId.Parse("2508.00001"), Title = "Known" }], cancellationToken: Token);
        await bed.Get<Submitting>().SubmitAsync(ada, "2508.00001", "mine", toToday: false, Token);

        Assert.True(await bed.Get<AccountRemoval>().RemoveAsync(EmailOf(ada), Token));

        await using var db = await OpenAsync(bed);
        Assert.Empty(await db.Proposals.ToListAsync(Token));
        var left = await db.Submissions.SingleAsync(Token);
        Assert.Equal((null, "a former member", null), (left.AccountId, left.SubmitterName, left.Note));
        Assert.NotEqual(ada.AccountId, curator.AccountId);
    }

    private static string EmailOf(Submitter who) => $"{who.Name}@example.org";

    private static async Task<Submitter> AddAsync(SourceTestBed bed, bool isCurator = false)
    {
        await using var db = await OpenAsync(bed);
        var name = $"p{Guid.NewGuid():N}";
        var account = new Account { DisplayName = name, UserName = $"{name}@example.org", Email = $"{name}@example.org", NormalizedEmail = $"{name}@example.org".ToUpperInvariant() };
        db.Add(account);
        await db.SaveChangesAsync(Token);
        return new Submitter(account.Id, name, isCurator);
    }

    private static Task<PapersDb> OpenAsync(SourceTestBed bed) => bed.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(Token);
}
