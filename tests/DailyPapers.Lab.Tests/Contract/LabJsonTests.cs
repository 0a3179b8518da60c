using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using DailyPapers.Lab.Contract;

namespace DailyPapers.Lab.Tests.Contract;

public sealed class LabJsonTests
{
    [Fact]
    public void A_result_survives_the_file_and_names_are_stable()
    {
        var json = LabJson.Write(Samples.Result());
        var read = LabJson.ReadResult(json);
        Assert.Equal(json, LabJson.Write(read));
        var document = JsonNode.Parse(json)!;
        Assert.Equal(1, (int)document["schemaVersion"]!);
        Assert.Equal("full", (string)document["mode"]!);
        Assert.Equal("notAtThisScale", (string)document["claims"]![0]!["verdict"]!);
        Assert.Equal("atLeast", (string)document["claims"]![0]!["claim"]!["criterion"]!["kind"]!);
        Assert.Equal("NaN", (string)document["claims"]![0]!["values"]![1]!["value"]!);
        Assert.Equal(200, (int)document["parameters"]!["n"]!);
        Assert.Equal("relu", (string)document["parameters"]!["kernel"]!);
        Assert.True((bool)document["parameters"]!["tuned"]!);
    }

    [Fact]
    public void Every_finite_value_survives_exactly() =>
        Gen.Double.Where(double.IsFinite).Sample(value =>
        {
            var result = Samples.Result() with { Observations = [new() { Metric = "x", Mean = value, Values = [new(1, value)] }] };
            Assert.Equal(value, LabJson.ReadResult(LabJson.Write(result)).Observations[0].Mean);
        }, iter: 200);

    [Fact]
    public void A_declaration_survives_the_file()
    {
        var json = LabJson.Write(Samples.Declaration());
        Assert.Equal(json, LabJson.Write(LabJson.ReadDeclaration(json)));
        Assert.Equal("sample", Assert.Single(LabJson.ReadDeclarations(LabJson.Write([Samples.Declaration()]))).Slug);
    }

    [Fact]
    public void A_newer_schema_is_refused_with_the_remedy()
    {
        var error = Assert.Throws<JsonException>(() => LabJson.ReadResult(LabJson.Write(Samples.Result() with { SchemaVersion = 2 })));
        Assert.Contains("upgrade", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"slug\":\"x\"}")]
    [InlineData("{")]
    public void What_is_no_result_is_refused(string json) => Assert.ThrowsAny<JsonException>(() => LabJson.ReadResult(json));

    public static TheoryData<string> Events => new(
        LabJson.WriteLine(new ProgressEvent(0.25, "seed 3", "line\nbreak")),
        LabJson.WriteLine(new MetricEvent(3, "accuracy", double.NaN)),
        LabJson.WriteLine(new FigureEvent(new("a.svg", "A", "alt", "caption"))),
        LabJson.WriteLine(new ResultEvent(Samples.Result())),
        LabJson.WriteLine(new ErrorEvent(2, "Parameter 'n' must be a whole number.")));

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_one_line_and_survives_it(string line)
    {
        Assert.DoesNotContain('\n', line);
        Assert.True(LabJson.TryReadEvent(line, out var runEvent));
        Assert.Equal(line, LabJson.WriteLine(runEvent));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a warning from a native library")]
    [InlineData("{\"type\":\"of the future\"}")]
    [InlineData("{\"type\":\"metric\"}")]
    public void A_line_that_is_no_known_event_is_skipped(string line) => Assert.False(LabJson.TryReadEvent(line, out _));
}
