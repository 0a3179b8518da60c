using System.IO.Compression;
using CsCheck;
using DailyPapers.Lab.Data;
using DailyPapers.TestSupport;

namespace DailyPapers.Lab.Tests.Data;

public sealed class FashionMnistTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("idx").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("plain")]
    [InlineData("compressed.gz")]
    public void An_array_is_read_back(string name)
    {
        var path = Write(name, [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 1, 2, 3, 4, 5, 6]);
        var file = IdxFile.Read(path);
        Assert.Equal([2, 3], file.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], file.Elements.ToArray());
    }

    [Theory]
    [InlineData(new byte[] { 0, 0, 13, 1, 0, 0, 0, 1, 7 }, "not an IDX file")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 3, 7 }, "ends before")]
    [InlineData(new byte[] { 0, 0, 8, 1, 0, 0, 0, 1, 7, 7 }, "holds more")]
    [InlineData(new byte[] { 0, 0, 8, 1, 255, 255, 255, 255 }, "declares a dimension")]
    [InlineData(new byte[] { 0, 0, 8, 2, 127, 0, 0, 0, 127, 0, 0, 0 }, "declares a dimension")]
    [InlineData(new byte[] { 0, 0 }, "ends before")]
    public void A_damaged_file_is_refused_by_name(byte[] content, string reason)
    {
        var error = Assert.Throws<InvalidDataException>(() => IdxFile.Read(Write("broken", content)));
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("broken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_other_bytes_are_an_array_or_an_invalid_file() =>
        Gen.Byte.Array[0, 40].Sample(content =>
        {
            using var stream = new MemoryStream(content);
            try
            {
                var read = IdxFile.Read(stream, "bytes").Elements.Length;
                Assert.Equal(content.Length - 4 - 4 * content[3], read);
            }
            catch (InvalidDataException)
            {
            }
        }, iter: 500);

    [Fact]
    public void A_folder_without_the_files_says_what_to_install() =>
        Assert.Contains("dataset-fashion-mnist", Assert.Throws<FileNotFoundException>(() => FashionMnist.Read(_folder)).Message, StringComparison.Ordinal);

    [Fact]
    public void Images_and_labels_must_belong_together()
    {
        foreach (var part in new[] { "train", "t10k" })
        {
            Write($"{part}-images-idx3-ubyte", [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 1, 2, 3, 4]);
            Write($"{part}-labels-idx1-ubyte.gz", [0, 0, 8, 1, 0, 0, 0, 2, 5, 9]);
        }

        var data = FashionMnist.Read(_folder);
        Assert.Equal(2, data.Train.Count);
        Assert.Equal([3, 4], data.Test.Image(1).ToArray());
        Assert.Equal(9, data.Test.Labels.Span[1]);
        Write("train-labels-idx1-ubyte", [0, 0, 8, 1, 0, 0, 0, 1, 5]);
        Assert.Contains("don't belong together", Assert.Throws<InvalidDataException>(() => FashionMnist.Read(_folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_real_data_set_is_read()
    {
        OptionalComponent.Require(FashionMnist.FindFolder() is not null, "Fashion-MNIST is not installed (Debian: dataset-fashion-mnist).");
        var data = FashionMnist.Read(FashionMnist.FindFolder()!);
        Assert.Equal((60_000, 10_000), (data.Train.Count, data.Test.Count));
        Assert.Equal((28, 28), (data.Train.Height, data.Train.Width));
        Assert.All(Enumerable.Range(0, 10), label => Assert.Equal(1000, data.Test.Labels.ToArray().Count(value => value == label)));
    }

    private string Write(string name, byte[] content)
    {
        var path = Path.Combine(_folder, name);
        using var file = File.Create(path);
        if (!name.EndsWith(".gz", StringComparison.Ordinal))
        {
            file.Write(content);
            return path;
        }

        using var compressed = new GZipStream(file, CompressionLevel.Fastest);
        compressed.Write(content);
        return path;
    }
}
