using DailyPapers.Lab.Generalization.LearningDynamics;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Tests.Generalization.LearningDynamics;

public sealed class ReluStudentsTests
{
    [Fact]
    public void Gradients_are_those_of_automatic_differentiation()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(1).ToGenerator();
        using var students = new ReluStudents(3, 4, 6, 1, new Seed(2), float64);
        var (inputs, targets) = (randn([3, 10, 4], dtype: float64, generator: generator), randn([3, 10, 1], dtype: float64, generator: generator));
        var (hidden, output) = students.Gradients(inputs, targets);
        var (w, a) = (students.Hidden.clone().requires_grad_(), students.Output.clone().requires_grad_());
        ((inputs.bmm(w).relu().bmm(a) - targets).square().mean([1L, 2L]).sum() / 2).backward();
        Assert.True(allclose(hidden, w.grad!));
        Assert.True(allclose(output, a.grad!));
    }

    [Fact]
    public void A_step_is_that_of_the_librarys_Adam()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(3).ToGenerator();
        using var students = new ReluStudents(1, 4, 5, 1, new Seed(4), float64);
        var (inputs, targets) = (randn([1, 20, 4], dtype: float64, generator: generator), randn([1, 20, 1], dtype: float64, generator: generator));
        var (w, a) = (new TorchSharp.Modules.Parameter(students.Hidden.clone()), new TorchSharp.Modules.Parameter(students.Output.clone()));
        using var adam = optim.Adam([w, a], 0.01);
        for (var step = 0; step < 5; step++)
        {
            students.Step(inputs, targets, 0.01);
            adam.zero_grad();
            ((inputs.bmm(w).relu().bmm(a) - targets).square().mean() / 2).backward();
            adam.step();
        }
        Assert.Equal(0, (students.Hidden - w).abs().max().item<double>(), 1e-6);
        Assert.Equal(0, (students.Output - a).abs().max().item<double>(), 1e-6);
    }

    [Fact]
    public void Members_do_not_touch_each_other_and_training_lowers_their_errors()
    {
        using var scope = NewDisposeScope();
        using var generator = new Seed(5).ToGenerator();
        using var students = new ReluStudents(2, 3, 20, 1, new Seed(6));
        using var same = new ReluStudents(2, 3, 20, 1, new Seed(6));
        var (inputs, targets) = (randn([2, 15, 3], generator: generator), randn([2, 15, 1], generator: generator));
        var others = cat([targets.narrow(0, 0, 1), targets.narrow(0, 1, 1) + 1], 0);
        var before = students.Errors(inputs, targets);
        for (var step = 0; step < 200; step++)
        {
            students.Step(inputs, targets, 0.01);
            same.Step(inputs, others, 0.01);
        }
        var after = students.Errors(inputs, targets);
        Assert.True(after[0] < before[0] / 2 && after[1] < before[1] / 2);
        Assert.True(allclose(students.Hidden[0], same.Hidden[0]));
        Assert.False(allclose(students.Hidden[1], same.Hidden[1]));
    }
}
