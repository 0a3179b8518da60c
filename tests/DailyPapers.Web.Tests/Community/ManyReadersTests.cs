using DailyPapers.Bench.Community;
using DailyPapers.TestSupport;

namespace DailyPapers.Web.Tests.Community;

/// <summary>Many readers at once, small: <c>bench/DailyPapers.Bench community</c> has the large one.</summary>
public sealed class ManyReadersTests
{
    private const int Readers = 20;
    private const int ActsEach = 30;

    [Fact]
    public async Task What_was_acknowledged_is_what_is_kept_and_shown()
    {
        var token = TestContext.Current.CancellationToken;
        await using var service = await RunningService.StartAsync(settings: CommunityScene.Settings);
        // Few papers, so that the readers meet.
        var papers = await CommunityScene.MakeAsync(service.Get<IServiceProvider>(), Readers, papers: 3, token);
        var log = new CommunityLog();

        await CommunityLoad.RunAsync(service.Address, papers, Readers, seed: 1, pause: TimeSpan.Zero, (done, _) => done < ActsEach, log, token);

        Assert.Empty(log.Failures);
        Assert.All(Enum.GetValues<ActKind>().Except([ActKind.Read]), kind => Assert.Contains(log.Acts, act => act.Kind == kind));
        Assert.Empty(await CommunityComparison.DifferencesAsync(log, service.Directory.DatabaseFile, service.Address, papers, token));
    }

    [Theory]
    [InlineData("DELETE FROM Upvotes WHERE rowid = (SELECT MIN(rowid) FROM Upvotes)", "upvotes")]
    [InlineData("UPDATE Papers SET Comments = Comments + 1 WHERE Comments > 0", "comments counted")]
    [InlineData("UPDATE Comments SET State = 'Hidden' WHERE State = 'Visible'", "comments")]
    [InlineData("UPDATE Reactions SET Kind = 'Other'", "reactions")]
    public async Task A_loss_is_noticed(string damage, string noticed)
    {
        var token = TestContext.Current.CancellationToken;
        await using var service = await RunningService.StartAsync(settings: CommunityScene.Settings);
        var papers = await CommunityScene.MakeAsync(service.Get<IServiceProvider>(), readers: 4, papers: 2, token);
        var log = new CommunityLog();
        await CommunityLoad.RunAsync(service.Address, papers, readers: 4, seed: 2, pause: TimeSpan.Zero, (done, _) => done < 12, log, token);
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={service.Directory.DatabaseFile}"))
        {
            await connection.OpenAsync(token);
            await using var command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are those above.
            command.CommandText = damage;
#pragma warning restore CA2100
            Assert.True(await command.ExecuteNonQueryAsync(token) > 0);
        }

        Assert.Contains(StoredState.Differences(service.Directory.DatabaseFile, papers, CommunityState.After(log.Acts)), difference => difference.Contains(noticed, StringComparison.Ordinal));
    }
}
