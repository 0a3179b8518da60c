using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DailyPapers.Lab.Optimization.Lion;

/// <summary>
/// Lion (Chen et al. 2023, arXiv:2302.06675, algorithm 2): every weight moves by the same length, in the direction of the sign of
/// an interpolation between momentum and gradient; weight decay is decoupled.
/// </summary>
/// <remarks>
/// A step: c = β₁ m + (1 − β₁) g; w ← w − η (sign(c) + λ w); m ← β₂ m + (1 − β₂) g. Since every step has length η in each
/// coordinate, step sizes are three to ten times smaller than Adam's. Parameters without a gradient stay as they are.
/// </remarks>
public sealed class Lion : OptimizerHelper
{
    /// <summary>One group of parameters.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="learningRate">η, positive or zero.</param>
    /// <param name="beta1">β₁, the momentum's share in a step, from 0 to below 1.</param>
    /// <param name="beta2">β₂, what the momentum keeps, from 0 to below 1.</param>
    /// <param name="weightDecay">λ, positive or zero.</param>
    public Lion(IEnumerable<Parameter> parameters, double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
        : this([new LionGroup(parameters, new LionOptions())], learningRate, beta1, beta2, weightDecay)
    {
    }

    /// <summary>Groups of parameters; what a group's options leave open is given by the other arguments.</summary>
    /// <param name="groups">The groups.</param>
    /// <param name="learningRate">η, positive or zero.</param>
    /// <param name="beta1">β₁, the momentum's share in a step, from 0 to below 1.</param>
    /// <param name="beta2">β₂, what the momentum keeps, from 0 to below 1.</param>
    /// <param name="weightDecay">λ, positive or zero.</param>
    public Lion(IEnumerable<LionGroup> groups, double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0)
    {
        ArgumentNullException.ThrowIfNull(groups);
        var defaults = new LionOptions { LearningRate = learningRate, InitialLearningRate = learningRate, Beta1 = beta1, Beta2 = beta2, WeightDecay = weightDecay };
        defaults.Validate();
        _defaults = defaults;
        _parameter_groups = [];
        foreach (var group in groups)
            add_param_group(group);
    }

    /// <summary>Two groups: matrices (and tensors of more axes) decay, vectors (biases and norms) don't.</summary>
    /// <param name="module">The model.</param>
    /// <param name="learningRate">η.</param>
    /// <param name="weightDecay">λ of the matrices.</param>
    public static Lion WithDecayOfMatrices(nn.Module module, double learningRate, double weightDecay)
    {
        ArgumentNullException.ThrowIfNull(module);
        var parts = module.parameters().ToLookup(parameter => parameter.dim() > 1);
        LionGroup[] groups = [new(parts[true], new() { WeightDecay = weightDecay }), new(parts[false], new() { WeightDecay = 0 })];
        return new Lion(groups, learningRate);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The group is not a <see cref="LionGroup"/>.</exception>
    public override void add_param_group(ParamGroup param_group)
    {
        if (param_group is not LionGroup group)
            throw new ArgumentException($"Lion takes groups of type {nameof(LionGroup)}.", nameof(param_group));
        group.Options.FillFrom((LionOptions)_defaults);
        group.Options.Validate();
        // A group's parameters are read at every step, and an enumeration might give other wrappers of them each time.
        group.Parameters = [.. group.Parameters];
        _parameter_groups.Add(group);
        foreach (var parameter in group.Parameters)
        {
            var state = new LionState(parameter);
            state.Initialize(group.Options);
            _state[parameter.Handle] = state;
        }
    }

    // #region step
    /// <summary>One step from the gradients that <c>backward</c> left.</summary>
    /// <param name="closure">Computes the loss and its gradients before the step; none when they are there.</param>
    /// <returns>The closure's loss; null without one.</returns>
    public override Tensor step(Func<Tensor>? closure = null) => _step<LionGroup>(
        group =>
        {
            using var scope = NewDisposeScope();
            var (options, rate) = (group.Options, group.LearningRate);
            foreach (var parameter in group.Parameters)
            {
                if (parameter.grad is not { } gradient)
                    continue;
                var momentum = ((LionState)_state[parameter.Handle]).Momentum;
                if (options.WeightDecay is > 0 and var decay)
                    parameter.mul_(1 - rate * decay);
                parameter.add_(momentum.lerp(gradient, 1 - options.Beta1!.Value).sign_(), alpha: -rate);
                momentum.lerp_(gradient, 1 - options.Beta2!.Value);
            }
        },
        closure);
    // #endregion step

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var state in _state.Values.OfType<LionState>())
                state.Dispose();
            _state.Clear();
        }
        base.Dispose(disposing);
    }
}
