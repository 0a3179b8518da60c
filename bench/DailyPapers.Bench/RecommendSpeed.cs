using System.Diagnostics;
using DailyPapers.Community.Accounts;
using DailyPapers.Community.Recommending;
using DailyPapers.Community.Upvotes;
using DailyPapers.Storage;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.Bench;

/// <summary>How long it takes from an upvote until the recommendations that have learnt from it are there.</summary>
internal static class RecommendSpeed
{
    private const int Count = 30;
    private const int Rounds = 60;

    public static async Task RunAsync(BenchData bench, RecommendCorpus corpus, CancellationToken cancellationToken)
    {
        foreach (var likes in (int[])[10, 100, 300])
            await RunAsync(bench, corpus, likes, cancellationToken);
    }

    private static async Task RunAsync(BenchData bench, RecommendCorpus corpus, int likes, CancellationToken cancellationToken)
    {
        var account = await AccountAsync(bench, likes, cancellationToken);
        var upvoting = bench.Get<Upvoting>();
        var recommendations = bench.Get<Recommendations>();
        var liked = SimulatedReader.Create(corpus, likes + Rounds, new Random(likes)).Liked;
        foreach (var id in liked.Take(likes))
            await upvoting.SetAsync(account, id, wanted: true, cancellationToken);
        await recommendations.ReadAsync(account, Count, added: null, cancellationToken);

        var took = new List<double>();
        var cpu = TimeSpan.Zero;
        foreach (var id in liked.Skip(likes))
        {
            await upvoting.SetAsync(account, id, wanted: true, cancellationToken);
            var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await recommendations.ReadAsync(account, Count, added: null, cancellationToken);
            took.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            cpu += Environment.CpuUsage.TotalTime - before;
        }
        var whole = Times.OfOnce(took);

        var examples = liked.Take(likes).Select(id => new TasteExample(corpus.Features[id])).ToList();
        var others = corpus.Pool.Take(Recommendations.OtherExamples).Select(id => new TasteExample(corpus.Features[id])).ToList();
        var training = Times.OfOnce(Enumerable.Range(0, Rounds).Select(_ =>
        {
            var started = Stopwatch.GetTimestamp();
            TasteTraining.Fit(examples, others);
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }));
        Console.WriteLine(Machine.Invariant($"{likes} likes: trained {training} ms; with reading, choosing {Count} of {corpus.Pool.Count:N0} and reasons {whole} ms, {cpu.TotalMilliseconds / Rounds:F1} ms of processor time"));
        foreach (var id in liked)
            await upvoting.SetAsync(account, id, wanted: false, cancellationToken);
    }

    private static async Task<long> AccountAsync(BenchData bench, int likes, CancellationToken cancellationToken)
    {
        await using var db = await bench.Get<IDbContextFactory<PapersDb>>().CreateDbContextAsync(cancellationToken);
        var account = new Account { DisplayName = $"Reader of {likes}", UserName = $"{Guid.NewGuid():N}@example.org" };
        db.Users.Add(account);
        await db.SaveChangesAsync(cancellationToken);
        return account.Id;
    }
}
