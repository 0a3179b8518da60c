using CsCheck;
using DailyPapers.Search.Vectors;

namespace DailyPapers.Tests.Search.Vectors;

public sealed class VectorDamageTests : IDisposable
{
    private const int Papers = 5_000;
    private const int Dimensions = 64;

    private readonly VectorFolder _original = new();
    private readonly List<float[]> _vectors = VectorFolder.Clustered(new Random(11), Papers, Dimensions);
    private readonly List<VectorHit> _answers;
    private readonly Dictionary<string, byte[]> _files;

    public VectorDamageTests()
    {
        using (var index = _original.OpenToWrite(Dimensions))
        {
            index.Write(VectorFolder.Numbered(_vectors), VectorFolder.At(1), [.. Enumerable.Range(1, Papers).Select(Hash)]);
            // The first commit centres the codes, which rewrites all; what comes after it is appended.
            index.Commit();
            index.Write(VectorFolder.Numbered(_vectors.Take(100), first: 200), VectorFolder.At(2));
            index.Delete([1, 2, 3]);
            index.Commit();
            _answers = AnswersOf(index);
        }
        _files = Directory.GetFiles(_original.Path).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).ToDictionary(file => Path.GetFileName(file), File.ReadAllBytes);
        Assert.Equal(8, _files.Count);
    }

    public void Dispose() => _original.Dispose();

    [Fact]
    public void Damage_at_any_place_of_any_file_is_noticed_and_never_gives_wrong_answers() =>
        Gen.Select(Gen.Int[0, _files.Count - 1].Select(i => _files.Keys.Order(StringComparer.Ordinal).ElementAt(i)), Gen.Enum<Damage>(), Gen.Double[0, 0.999])
            .Sample((name, damage, place) => AssertNoticed(name, damage, place), iter: 120, threads: 1);

    [Fact]
    public void Damage_to_what_was_written_is_noticed_in_every_file() => Assert.All(
        _files.Keys,
        name => Assert.All(
            Enumerable.Range(0, 8), step => AssertNoticed(name, Damage.Flip, LivePart(name) * step / 8)));

    [Fact]
    public void An_index_of_an_earlier_format_is_built_anew_and_that_is_said_once()
    {
        using var copy = Copied();
        var manifest = Path.Combine(copy.Path, "manifest");
        var bytes = File.ReadAllBytes(manifest);
        bytes[4] = 2;
        BitConverter.TryWriteBytes(bytes.AsSpan(^sizeof(ulong)..), System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(..^sizeof(ulong))));
        File.WriteAllBytes(manifest, bytes);
        using var index = copy.OpenToWrite(Dimensions);
        Assert.Equal((0, 0), (index.Count, index.Version.Number));
        Assert.Contains("format of another version", Assert.Single(copy.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void What_identifies_a_text_outlives_the_process_and_a_rewriting()
    {
        using var copy = Copied();
        using (var index = copy.OpenToWrite(Dimensions))
        {
            Assert.Equal(Hash(77), index.TextHashOf(77));
            // Replaced without saying of which text, and deleted.
            Assert.Null(index.TextHashOf(200));
            Assert.Null(index.TextHashOf(1));
            index.Write(VectorFolder.Numbered(_vectors.Skip(500), first: 501), VectorFolder.At(3), [.. Enumerable.Range(501, Papers - 500).Select(Hash)]);
            index.Commit();
        }
        using var again = copy.OpenToWrite(Dimensions);
        Assert.Equal(Hash(77), again.TextHashOf(77));
        Assert.Equal(Hash(Papers), again.TextHashOf(Papers));
        Assert.Null(again.TextHashOf(299));
        Assert.Empty(copy.Warnings);
    }

    private void AssertNoticed(string name, Damage damage, double place)
    {
        using var copy = Copied();
        var (position, isChanged) = damage.Apply(Path.Combine(copy.Path, name), place);
        var isManifest = name == "manifest";
        var isLive = isChanged && (damage is Damage.Cut or Damage.Lose || isManifest || position < LivePart(name) * _files[name].Length);

        AssertReaderIsNotMisled(copy, isLive);
        using var index = copy.OpenToWrite(Dimensions);
        var wasNoticed = index.Version.Number == 0;
        Assert.Equal(isLive, wasNoticed);
        if (wasNoticed)
        {
            Assert.Equal(0, index.Count);
            Assert.Empty(index.Search(_vectors[9], 5, cancellationToken: TestContext.Current.CancellationToken));
        }
        else
        {
            Assert.Equal(_answers, AnswersOf(index));
        }
        // An index without its manifest is none at all: nothing to tell.
        if (isManifest && damage is Damage.Lose || !wasNoticed)
            Assert.Empty(copy.Warnings);
        else
            Assert.Matches($"vector index in '.*' cannot be used and is built anew.*{(damage is Damage.Lose ? "missing" : "checksum|cut off")}", Assert.Single(copy.Warnings));
    }

    private void AssertReaderIsNotMisled(VectorFolder copy, bool isLive)
    {
        try
        {
            using var reader = copy.OpenToRead();
            if (reader is null)
                return;
            Assert.False(isLive);
            Assert.Equal(_answers, AnswersOf(reader));
        }
        catch (InvalidDataException)
        {
            Assert.True(isLive);
        }
    }

    // The share of a file, from its beginning, that surely holds rows; a chunk is larger than they are.
    private static double LivePart(string name) => name switch
    {
        "manifest" => 1,
        _ when name.EndsWith(".deletions", StringComparison.Ordinal) => 103d / VectorShape.RowsPerChunk,
        _ => (Papers + 100d) / VectorShape.RowsPerChunk,
    };

    private List<VectorHit> AnswersOf(VectorIndex index) =>
        [.. Enumerable.Range(0, 6).SelectMany(i => index.Search(_vectors[i * 700], 20, exact: i % 2 == 0, cancellationToken: TestContext.Current.CancellationToken))];

    private static ulong Hash(int number) => (ulong)number * 0x9E3779B97F4A7C15;

    private VectorFolder Copied()
    {
        var copy = new VectorFolder();
        foreach (var (name, bytes) in _files)
            File.WriteAllBytes(Path.Combine(copy.Path, name), bytes);
        return copy;
    }
}
