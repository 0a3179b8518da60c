using DailyPapers.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;

namespace DailyPapers.Tests.Sources;

/// <summary>Kills a run at each of its accesses to the database in turn and compares the database after the next run with one that was never interrupted.</summary>
internal static class KillAndRestart
{
    public static async Task CheckAsync(Func<HttpContext, int, Task> respond, Func<SourceTestBed, Task<SourceSummary>> run, int requests)
    {
        var template = Directory.CreateTempSubdirectory("papers-test-").FullName;
        try
        {
            string expected;
            await using (var server = await SourceServer.StartAsync(respond))
            {
                await using (await SourceTestBed.CreateAsync(server, root: template))
                {
                    // Makes the empty database that all runs begin with.
                }
                await using var whole = await SourceTestBed.CreateAsync(server, root: Copy(template, "whole"));
                await run(whole);
                expected = await whole.DumpAsync();
                Assert.Equal(requests, server.Requests.Count);
            }

            var kills = 0;
            for (var killAt = 1; ; killAt++)
            {
                await using var server = await SourceServer.StartAsync(respond);
                var root = Copy(template, $"kill-{killAt}");
                var kill = new KillSwitch(killAt);
                await using (var first = await SourceTestBed.CreateAsync(server, kill, root))
                {
                    kill.IsArmed = true;
                    var crash = await Record.ExceptionAsync(() => run(first));
                    kill.IsArmed = false;
                    if (!kill.HasKilled)
                    {
                        Assert.Null(crash);
                        break;
                    }
                    Assert.NotNull(crash);
                }
                kills++;
                await using var second = await SourceTestBed.CreateAsync(server, root: root);
                await run(second);
                Assert.Equal(expected, await second.DumpAsync());
                // A crash behind the last commit leaves nothing to go on with; else at most the page in flight is fetched again.
                var repeated = server.Requests.Count - server.Requests.Distinct().Count();
                Assert.True(repeated <= 1 || server.Requests.Count == 2 * requests, $"killed at {killAt}: {string.Join('\n', server.Requests)}");
            }
            Assert.True(kills >= 2 * requests, $"only {kills} accesses were killed");
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(template, recursive: true);
        }
    }

    private static string Copy(string template, string name)
    {
        var root = Directory.CreateDirectory(Path.Combine(template, name)).FullName;
        foreach (var file in Directory.GetFiles(template))
            File.Copy(file, Path.Combine(root, Path.GetFileName(file)));
        return root;
    }
}
