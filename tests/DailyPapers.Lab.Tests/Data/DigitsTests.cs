using DailyPapers.Lab.Data;
using TorchSharp;

namespace DailyPapers.Lab.Tests.Data;

public sealed class DigitsTests
{
    [Fact]
    public void The_classes_have_the_published_sizes()
    {
        int[] published = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
        var counted = new int[Digits.Classes];
        foreach (var label in Digits.Load().Labels.Span)
            counted[label]++;
        Assert.Equal(published, counted);
    }

    [Fact]
    public void Pixels_count_up_to_sixteen()
    {
        var images = Digits.Load();
        Assert.Equal((1797, 8, 8), (images.Count, images.Height, images.Width));
        Assert.Equal([0, 0, 5, 13, 9, 1, 0, 0], images.Image(0).Span[..8].ToArray());
        Assert.Equal(Digits.Ink, Enumerable.Range(0, images.Count).Max(i => images.Image(i).Span.ToArray().Max()));
    }

    [Fact]
    public void A_shuffle_keeps_every_image_with_its_label()
    {
        using var scope = torch.NewDisposeScope();
        var (inputs, labels) = Digits.Shuffled(new Seed(7));
        var (again, _) = Digits.Shuffled(new Seed(7));
        Assert.True(inputs.equal(again).all().item<bool>());
        Assert.Equal(Sorted(Enumerable.Range(0, 1797).Select(i => Key(Digits.Load().Image(i).ToArray(), Digits.Load().Labels.Span[i]))),
            Sorted(Enumerable.Range(0, 1797).Select(i => Key([.. inputs[i].data<float>().Select(pixel => (byte)(pixel * Digits.Ink))], labels[i].item<long>()))));
        Assert.NotEqual(Digits.Load().Labels.ToArray().Select(label => (long)label), labels.data<long>().ToArray());
    }

    private static string Key(byte[] pixels, long label) => $"{label}:{Convert.ToHexString(pixels)}";

    private static string[] Sorted(IEnumerable<string> keys) => [.. keys.Order(StringComparer.Ordinal)];
}
