using DailyPapers.Lab.Training;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training;

public sealed class MinibatchTrainingTests
{
    [Fact]
    public void Plain_descent_on_a_quadratic_takes_the_closed_form_with_each_step_s_own_size()
    {
        double[] sizes = [0.5, 0.25, 0.125];
        using var weight = new TorchSharp.Modules.Parameter(tensor(8.0));
        using var optimizer = optim.SGD([weight], 1);
        // The loss w²/2 has the gradient w, so a step of size s multiplies w by 1 - s.
        MinibatchTraining.Run(
            optimizer, new ShuffledBatches([0, 1, 2, 3], 2, new Seed(1)), from: 0, until: 3, step => sizes[step],
            rows => weight.square() / 2 * (rows.shape[0] / 2.0), TestContext.Current.CancellationToken);
        Assert.Equal(8 * 0.5 * 0.75 * 0.875, weight.item<double>(), 1e-12);
    }

    [Fact]
    public void Two_stretches_are_the_same_as_one()
    {
        Assert.Equal(Trained(6), Trained(2, 6));

        static double Trained(params int[] ends)
        {
            using var weight = new TorchSharp.Modules.Parameter(tensor(1.0));
            using var data = tensor(new[] { 1.0, 2, 3, 4, 5 });
            using var optimizer = optim.SGD([weight], 1, momentum: 0.9);
            var batches = new ShuffledBatches([0, 1, 2, 3, 4], 2, new Seed(2));
            var from = 0;
            foreach (var until in ends)
            {
                MinibatchTraining.Run(optimizer, batches, from, until, step => 0.1 / (1 + step), rows => (weight - data.index_select(0, rows)).square().mean());
                from = until;
            }
            return weight.item<double>();
        }
    }

    [Fact]
    public void Cancellation_stops_before_the_next_step()
    {
        using var stop = new CancellationTokenSource();
        using var weight = new TorchSharp.Modules.Parameter(tensor(1.0));
        using var optimizer = optim.SGD([weight], 1);
        var steps = 0;
        Assert.Throws<OperationCanceledException>(() => MinibatchTraining.Run(
            optimizer, new ShuffledBatches([0], 1, new Seed(1)), from: 0, until: 10, _ => 0.1,
            _ =>
            {
                if (++steps == 3)
                    stop.Cancel();
                return weight.square();
            },
            stop.Token));
        Assert.Equal(3, steps);
    }
}
