using DailyPapers.Lab.Architectures.ClickThroughRate;
using DailyPapers.Lab.Data.ClickThroughRate;
using DailyPapers.Lab.Training.ClickThroughRate;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Training.ClickThroughRate;

public sealed class ClickTrainingTests
{
    private static readonly MultiplicativeClicks _clicks = new(4, 3, 0, new Seed(1));

    [Fact]
    public void Passes_without_a_better_validation_auc_end_the_training()
    {
        using var model = new DualMlp(_clicks.Cardinalities, 4, [[16]], embeddingDeviation: 0.1);
        var (train, validation) = (_clicks.Draw(500, new Seed(2)), _clicks.Draw(300, new Seed(3)));
        // Steps too small to change any rank.
        var outcome = ClickTraining.Run(model, train, validation, new(1e-15, 100, 12, Patience: 3), new Seed(5), TestContext.Current.CancellationToken);
        Assert.Equal(1, outcome.BestEpoch);
        Assert.Equal(4, outcome.ValidationAuc.Count);
    }

    [Fact]
    public void The_learning_rate_falls_to_a_tenth_after_each_pass_that_is_no_better()
    {
        using var model = new OneLogit();
        var train = new ClickData([1], new int[200], Enumerable.Repeat(true, 200).ToArray());
        var validation = new ClickData([1], new int[4], Enumerable.Range(0, 4).Select(row => row % 2 == 0).ToArray());
        // All rows have the same logit, so the AUC is 0.5 after every pass. The slope keeps its sign and nearly its size, so Adam's steps are as long as the learning rate.
        var outcome = ClickTraining.Run(model, train, validation, new(1e-3, 20, 9, Patience: 3), new Seed(5), TestContext.Current.CancellationToken);
        Assert.Equal([0.5, 0.5, 0.5, 0.5], outcome.ValidationAuc);
        var moves = model.Seen.Prepend(0).Zip(model.Seen, (before, after) => after - before).ToList();
        double[] expected = [1e-2, 1e-2, 1e-3, 1e-4];
        Assert.All(moves.Zip(expected), pair => Assert.Equal(1, pair.First / pair.Second, 0.02));
        // The best pass is the first of equals, and its weights are back.
        Assert.Equal(1, outcome.BestEpoch);
        Assert.Equal(model.Seen[0], ClickTraining.Logits(model, validation)[0], 1e-12);
    }

    [Fact]
    public void The_best_passs_weights_are_kept()
    {
        using var model = new DualMlp(_clicks.Cardinalities, 4, [[16]], batchNorm: true, embeddingDeviation: 0.1);
        var (train, validation) = (_clicks.Draw(6000, new Seed(2)), _clicks.Draw(2000, new Seed(3)));
        var outcome = ClickTraining.Run(model, train, validation, new(0.02, 100, 12), new Seed(5), TestContext.Current.CancellationToken);
        Assert.Equal(Math.Min(12, outcome.BestEpoch + 2), outcome.ValidationAuc.Count);
        Assert.Equal(outcome.ValidationAuc[outcome.BestEpoch - 1], ClickTraining.Auc(model, validation), 1e-12);
        Assert.True(outcome.ValidationAuc.Max() > 0.55);
    }

    [Fact]
    public void It_learns_the_same_from_the_same_seed()
    {
        var (train, validation) = (_clicks.Draw(500, new Seed(2)), _clicks.Draw(300, new Seed(3)));
        // Other tests draw from the global generator at the same time, so all copies start at the weights of one.
        using var start = new FinalMlp(new(_clicks.Cardinalities, 4, [8], [8]));
        Assert.Equal(Trained(0), Trained(0));
        Assert.NotEqual(Trained(0), Trained(1));

        double[] Trained(double penalty)
        {
            using var model = new FinalMlp(new(_clicks.Cardinalities, 4, [8], [8]));
            model.load_state_dict(start.state_dict());
            ClickTraining.Run(model, train, validation, new(0.01, 50, 2, penalty), new Seed(7), TestContext.Current.CancellationToken);
            return ClickTraining.Logits(model, validation);
        }
    }

    [Fact]
    public void The_log_loss_is_the_mean_binary_cross_entropy()
    {
        using var scope = NewDisposeScope();
        using var model = new FactorizationMachine(_clicks.Cardinalities, 2, 1);
        var data = _clicks.Draw(200, new Seed(8));
        var expected = nn.functional.binary_cross_entropy_with_logits(model.call(data.IdTensor()), data.LabelTensor()).item<float>();
        Assert.Equal(expected, ClickTraining.LogLoss(model, data), 1e-5);
    }

    [Fact]
    public void Auc_agrees_with_counting_pairs_where_scores_tie()
    {
        using var model = new FactorizationMachine([3, 4], 0, 1);
        var random = new Seed(9).ToRandom();
        var ids = Enumerable.Range(0, 400).Select(i => random.Next(i % 2 == 0 ? 3 : 4)).ToArray();
        var data = new ClickData([3, 4], ids, Enumerable.Range(0, 200).Select(_ => random.NextDouble() < 0.3).ToArray());
        var logits = ClickTraining.Logits(model, data);
        var clicked = data.Clicked.ToArray();
        var (pairs, wins) = (0, 0.0);
        for (var i = 0; i < 200; i++)
            for (var j = 0; j < 200; j++)
            {
                if (!clicked[i] || clicked[j])
                    continue;
                pairs++;
                wins += logits[i] > logits[j] ? 1 : logits[i] == logits[j] ? 0.5 : 0;
            }
        Assert.Equal(wins / pairs, ClickTraining.Auc(model, data), 1e-12);
    }

    /// <summary>One number as the logit of every row, which it notes when it is evaluated.</summary>
    private sealed class OneLogit : nn.Module<Tensor, Tensor>
    {
        private readonly Parameter _logit = new(zeros(1, dtype: float64));

        internal OneLogit()
            : base(nameof(OneLogit)) => RegisterComponents();

        internal List<double> Seen { get; } = [];

        public override Tensor forward(Tensor input)
        {
            if (!training)
                Seen.Add(_logit.item<double>());
            return _logit.expand(input.shape[0]);
        }
    }
}
