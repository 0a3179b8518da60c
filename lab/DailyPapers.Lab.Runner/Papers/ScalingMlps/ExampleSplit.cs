using DailyPapers.Lab.Data;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Runner.Papers.ScalingMlps;

/// <summary>Examples to train and to test on.</summary>
/// <param name="X">(n, 1, 28, 28).</param>
/// <param name="Y">(n), int64.</param>
/// <param name="TestX">(m, 1, 28, 28).</param>
/// <param name="TestY">(m), int64.</param>
internal sealed record ExampleSplit(Tensor X, Tensor Y, Tensor TestX, Tensor TestY)
{
    /// <summary>The sample as it was drawn.</summary>
    internal static ExampleSplit Of(ImageSample sample) => new(sample.TrainImages, sample.TrainLabels, sample.TestImages, sample.TestLabels);

    /// <summary>The training images alone, their last ones held out: what step sizes are chosen on, so that no test image is seen.</summary>
    internal ExampleSplit HoldOut(int count)
    {
        var rest = X.shape[0] - count;
        return new(X.narrow(0, 0, rest), Y.narrow(0, 0, rest), X.narrow(0, rest, count), Y.narrow(0, rest, count));
    }

    /// <summary>The first training examples; all test examples.</summary>
    internal ExampleSplit First(int count) => this with { X = X.narrow(0, 0, count), Y = Y.narrow(0, 0, count) };

    /// <summary>The examples of some classes, numbered anew from 0.</summary>
    internal ExampleSplit OfClasses(IReadOnlyList<int> classes)
    {
        var (x, y) = Select(X, Y);
        var (testX, testY) = Select(TestX, TestY);
        return new(x, y, testX, testY);

        (Tensor X, Tensor Y) Select(Tensor images, Tensor labels)
        {
            var numbers = labels.data<long>().ToArray();
            long[] rows = [.. Enumerable.Range(0, numbers.Length).Where(row => classes.Contains((int)numbers[row])).Select(row => (long)row)];
            return (images.index_select(0, tensor(rows)), tensor(rows.Select(row => (long)classes.ToList().IndexOf((int)numbers[row])).ToArray()));
        }
    }

    /// <summary>The first training examples of each class; all test examples.</summary>
    internal ExampleSplit FirstOfEachClass(int count)
    {
        var numbers = Y.data<long>().ToArray();
        long[] rows = [.. Enumerable.Range(0, numbers.Length).GroupBy(row => numbers[row]).SelectMany(group => group.Take(count)).Select(row => (long)row)];
        var selected = tensor(rows);
        return this with { X = X.index_select(0, selected), Y = Y.index_select(0, selected) };
    }
}
