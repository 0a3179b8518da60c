using CsCheck;
using DailyPapers.Lab.Data;

namespace DailyPapers.Lab.Tests.Data;

public sealed class ModularArithmeticDatasetTests
{
    [Fact]
    public void The_parts_split_all_pairs_and_exactly_the_declared_labels_are_wrong() =>
        Gen.Select(Gen.Int[2, 13], Gen.Double[0.3, 0.7], Gen.Double[0, 1], Gen.Int[0, 100]).Sample((p, alpha, xi, seed) =>
        {
            using var data = new ModularArithmeticDataset(p, ModularOperation.Addition, alpha, xi, new Seed(seed));
            var pairs = new HashSet<(long, long)>();
            foreach (var part in new[] { data.Train, data.Test })
            {
                long[] left = Read(part.Left), right = Read(part.Right), results = Read(part.Results);
                for (var i = 0; i < part.Count; i++)
                {
                    Assert.True(pairs.Add((left[i], right[i])));
                    Assert.Equal((left[i] + right[i]) % p, results[i]);
                }
            }
            Assert.Equal(p * p, pairs.Count);
            var labels = Read(data.TrainLabels);
            var differs = labels.Zip(Read(data.Train.Results), (label, result) => label != result).ToArray();
            Assert.Equal((int)Math.Round(xi * data.Train.Count), data.WrongCount);
            Assert.All(differs.Take(data.WrongCount), Assert.True);
            Assert.All(differs.Skip(data.WrongCount), Assert.False);
            Assert.All(labels, label => Assert.InRange(label, 0, p - 1));
        }, iter: 40);

    [Fact]
    public void Multiplication_multiplies()
    {
        using var data = new ModularArithmeticDataset(7, ModularOperation.Multiplication, 0.5, 0, new Seed(1));
        var (left, right) = (Read(data.Test.Left), Read(data.Test.Right));
        Assert.Equal(left.Zip(right, (a, b) => a * b % 7), Read(data.Test.Results));
    }

    [Theory]
    [InlineData(1, 0.5, 0.1)]
    [InlineData(5, 0, 0.1)]
    [InlineData(5, 1, 0.1)]
    [InlineData(5, 0.5, 1.1)]
    [InlineData(5, 0.5, double.NaN)]
    public void It_refuses_shares_that_are_none(int p, double alpha, double xi) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModularArithmeticDataset(p, ModularOperation.Addition, alpha, xi, new Seed(1)));

    private static long[] Read(TorchSharp.torch.Tensor values) => values.data<long>().ToArray();
}
