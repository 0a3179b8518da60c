using System.Globalization;
using DailyPapers.Tests.Sources;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace DailyPapers.EndToEnd.Tests;

public class KilledHarvestTests
{
    private const int Pages = 3;
    private const int PageSize = 40;

    [Fact]
    public async Task A_harvest_killed_after_its_first_page_goes_on_with_the_second()
    {
        using var folder = new DataFolder();
        await using var server = await SourceServer.StartAsync(RespondAsync);
        await using (var harvest = PapersProcess.Start(folder.Path, server.Settings(), "harvest", "oai", "--set", "cs:cs:LG", "--from", "2025-08-01", "--until", "2025-08-05"))
        {
            await Eventually.TrueAsync(async () => harvest.HasExited || await HarvestedAsync(folder) >= PageSize);
            Assert.False(harvest.HasExited, harvest.Output);
            await harvest.KillAsync();
        }
        Assert.InRange(await HarvestedAsync(folder), PageSize, (Pages - 1) * PageSize);

        var (code, output) = await PapersProcess.RunAsync(
            folder.Path, server.Settings(), "harvest", "oai", "--set", "cs:cs:LG", "--from", "2025-08-01", "--until", "2025-08-05");
        Assert.True(code == 0, output);
        Assert.Equal(Pages * PageSize, await HarvestedAsync(folder));
        Assert.Single(server.Requests, request => request.Contains("from=", StringComparison.Ordinal));
    }

    private static async Task<int> HarvestedAsync(DataFolder folder) => File.Exists(folder.File("papers.db"))
        ? await folder.AskAsync(db => db.Papers.CountAsync(p => p.Source == "arxiv"))
        : 0;

    private static Task RespondAsync(HttpContext context, int number)
    {
        var token = context.Request.Query["resumptionToken"].ToString();
        var page = token.Length > 0 ? int.Parse(token.Split('|')[1], CultureInfo.InvariantCulture) : 0;
        var records = string.Concat(Enumerable.Range(page * PageSize, PageSize).Select(Record));
        var next = page + 1 < Pages ? $"<resumptionToken cursor=\"{page * PageSize}\" completeListSize=\"{Pages * PageSize}\">list|{page + 1}</resumptionToken>" : "<resumptionToken/>";
        context.Response.ContentType = "text/xml; charset=utf-8";
        return context.Response.WriteAsync($"""
            <?xml version="1.0" encoding="UTF-8"?>
            <OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/">
              <responseDate>2025-08-06T00:00:00Z</responseDate>
              <request verb="ListRecords">http://export.arxiv.org/oai2</request>
              <ListRecords>{records}{next}</ListRecords>
            </OAI-PMH>
            """);
    }

    private static string Record(int number) => $"""
        <record>
          <header><identifier>oai:arXiv.org:2508.{number + 1:D5}</identifier><datestamp>2025-08-03</datestamp><setSpec>cs:cs:LG</setSpec></header>
          <metadata>
            <arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">
              <id>2508.{number + 1:D5}</id>
              <submitter>Ada Author</submitter>
              <version version="v1"><date>Fri, 01 Aug 2025 10:00:00 GMT</date><size>12kb</size></version>
              <title>Harvested paper {number}</title>
              <authors>Ada Author, Bo Writer</authors>
              <categories>cs.LG stat.ML</categories>
              <license>http://creativecommons.org/licenses/by/4.0/</license>
              <abstract>An abstract of paper {number}.</abstract>
            </arXivRaw>
          </metadata>
        </record>
        """;
}
