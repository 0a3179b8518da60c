using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training;

public sealed class MemberClippingTests
{
    [Fact]
    public void Only_members_above_the_norm_are_scaled_and_keep_their_direction()
    {
        using var scope = NewDisposeScope();
        var first = tensor(new double[,] { { 30, 0 }, { 0.3, 0 } }).reshape(2, 1, 2);
        var second = tensor(new double[,] { { 40 }, { 0.4 } });
        MemberClipping.ByNorm([first, second], 5);
        Assert.Equal([3, 0, 0.3, 0], first.data<double>().ToArray().Select(value => Math.Round(value, 10)));
        Assert.Equal([4, 0.4], second.data<double>().ToArray().Select(value => Math.Round(value, 10)));
    }

    [Fact]
    public void A_lost_member_leaves_the_others_alone()
    {
        using var scope = NewDisposeScope();
        var gradient = tensor(new[,] { { double.NaN, 1 }, { 6, 8 }, { 0, 0 } });
        MemberClipping.ByNorm([gradient], 1);
        Assert.Equal([0.6, 0.8, 0, 0], gradient.data<double>().ToArray()[2..].Select(value => Math.Round(value, 10)));
        Assert.True(double.IsNaN(gradient[0, 0].item<double>()));
    }

    [Fact]
    public void Settings_that_make_no_sense_are_refused()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentOutOfRangeException>(() => MemberClipping.ByNorm([ones(1, 1)], 0));
        Assert.Throws<ArgumentException>(() => MemberClipping.ByNorm([], 1));
    }
}
