using System.Numerics.Tensors;
using DailyPapers.Lab.Optimization.AttentionSvm;

namespace DailyPapers.Lab.Tests.Optimization.AttentionSvm;

public sealed class MarginTests
{
    [Fact]
    public void The_nearest_point_of_one_constraint_is_the_textbooks()
    {
        var (point, multipliers) = new MarginPolyhedron([3, 4], 2).LeastNorm()!.Value;
        Assert.Equal(3 / 25.0, point[0], 1e-10);
        Assert.Equal(4 / 25.0, point[1], 1e-10);
        Assert.Equal(1 / 25.0, multipliers[0], 1e-10);
        // Inside, a point is its own nearest.
        Assert.Equal([1.0, 2], new MarginPolyhedron([3, 4], 2).Nearest([1, 2])!.Value.Point);
    }

    [Fact]
    public void Nearest_points_satisfy_the_conditions_of_Karush_Kuhn_and_Tucker()
    {
        const int constraints = 8;
        var random = new Seed(1).ToRandom();
        for (var draw = 0; draw < 300; draw++)
        {
            var dimension = 2 + draw % 5;
            double[] Uniform(int count, double size) => [.. Enumerable.Range(0, count).Select(_ => size * (2 * random.NextDouble() - 1))];
            var normals = Uniform(constraints * dimension, 1);
            // A point far along the first axis satisfies all constraints.
            for (var j = 0; j < constraints; j++)
                normals[j * dimension] = 0.1 + Math.Abs(normals[j * dimension]);
            var polyhedron = new MarginPolyhedron(normals, dimension);
            var start = Uniform(dimension, 2);
            var (nearest, multipliers) = polyhedron.Nearest(start)!.Value;
            var margins = polyhedron.Margins(nearest);
            for (var j = 0; j < constraints; j++)
            {
                Assert.True(margins[j] >= 1 - 1e-6, $"constraint {j} has margin {margins[j]}");
                Assert.True(multipliers[j] >= 0);
                Assert.Equal(0, multipliers[j] * (margins[j] - 1), 1e-5);
                TensorPrimitives.MultiplyAdd(polyhedron.Normal(j), multipliers[j], start, start);
            }
            Assert.Equal(0, TensorPrimitives.Distance<double>(start, nearest), 1e-9);
        }
    }

    [Fact]
    public void Opposite_constraints_have_no_point()
    {
        Assert.Null(new MarginPolyhedron([1, 0, -1, 0], 2).LeastNorm());
        Assert.Null(new MarginPolyhedron([1, 0, -0.5, 1, -0.5, -1], 2).LeastNorm());
        Assert.NotNull(new MarginPolyhedron([1, 0, -0.5, 1], 2).LeastNorm());
    }

    [Fact]
    public void Dependent_constraints_do_no_harm()
    {
        var once = new MarginPolyhedron([1, 2, 0, 1], 2).LeastNorm()!.Value.Point;
        var thrice = new MarginPolyhedron([1, 2, 0, 1, 1, 2, 0, 1, 1, 2], 2).LeastNorm()!.Value.Point;
        Assert.Equal(once[0], thrice[0], 1e-8);
        Assert.Equal(once[1], thrice[1], 1e-8);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(8)]
    public void Any_tokens_can_be_separated_from_the_dimension_of_theorem_1_on(int dimension)
    {
        // n = T = 6, hence max(T − 1, n) = 6.
        for (var seed = 0; seed < 20; seed++)
        {
            var problem = AttentionProblem.Random(6, 6, dimension, new Seed(seed));
            var constraints = AttentionMargin.Constraints(problem, [0, 1, 2, 3, 4, 5]);
            Assert.All(constraints.Margins(constraints.LeastNorm()!.Value.Point), margin => Assert.True(margin >= 1 - 1e-5));
        }
    }

    [Fact]
    public void In_one_dimension_a_token_inside_can_not_be_separated()
    {
        var problem = new AttentionProblem([-1, 0, 1], [1], [0, 1, 2], 3, 1);
        Assert.Null(AttentionMargin.Frobenius(problem, [1]));
        Assert.Equal(1, AttentionMargin.Frobenius(problem, [2])![0], 1e-9);
        Assert.Null(AttentionMargin.Nuclear(problem, [1]));
    }

    [Fact]
    public void Local_optimality_looks_at_the_nearest_tokens_only()
    {
        // Tokens on a line, the outermost selected: only its neighbour is a support vector.
        AttentionProblem Line(double near, double far) => new([3, 1, -1], [1], [0.5, near, far], 3, 1);
        Assert.True(AttentionMargin.IsLocallyOptimal(Line(0.2, 0.1), [0]));
        Assert.True(AttentionMargin.IsLocallyOptimal(Line(0.2, 0.9), [0]));
        Assert.False(AttentionMargin.IsLocallyOptimal(Line(0.9, 0.1), [0]));
        Assert.Throws<ArgumentException>(() => AttentionMargin.IsLocallyOptimal(Line(0.9, 0.1), [1]));
    }

    [Fact]
    public void Nuclear_and_Frobenius_solutions_agree_where_the_answer_is_of_rank_one()
    {
        // One sequence of two tokens: both norms ask for a multiple of (x_1 − x_2)zᵀ.
        var problem = AttentionProblem.Random(1, 2, 5, new Seed(2));
        var frobenius = AttentionMargin.Frobenius(problem, [0])!;
        var nuclear = AttentionMargin.Nuclear(problem, [0])!;
        Assert.Equal(1, AttentionMargin.Correlation(frobenius, nuclear.Matrix), 1e-6);
        Assert.Equal(TensorPrimitives.Norm<double>(frobenius), nuclear.Norm, 1e-4);
    }

    [Fact]
    public void The_nuclear_solution_is_certified_and_each_norm_is_least_for_its_own()
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var problem = AttentionProblem.Random(4, 4, 8, new Seed(seed));
            var selected = problem.OptimalTokens();
            var (frobenius, nuclear) = (AttentionMargin.Frobenius(problem, selected)!, AttentionMargin.Nuclear(problem, selected)!);
            Assert.InRange(nuclear.LowerBound, nuclear.Norm * (1 - 1e-4), nuclear.Norm * (1 + 1e-9));
            Assert.All(AttentionMargin.Constraints(problem, selected).Margins(nuclear.Matrix), margin => Assert.True(margin >= 1 - 1e-6));
            Assert.True(nuclear.Norm < SingularValues.NuclearNorm(frobenius));
            Assert.True(TensorPrimitives.Norm<double>(frobenius) < TensorPrimitives.Norm<double>(nuclear.Matrix));
        }
    }

    [Fact]
    public void Singular_values_are_those_of_a_rotated_diagonal()
    {
        double c = Math.Cos(0.3), s = Math.Sin(0.3), u = Math.Cos(1.1), w = Math.Sin(1.1);
        // R(0.3) diag(3, 1) R(1.1)ᵀ.
        double[] Rotated(double a, double b) => [c * a * u + s * b * w, c * a * w - s * b * u, s * a * u - c * b * w, s * a * w + c * b * u];
        var values = SingularValues.Of(Rotated(3, 1));
        Assert.Equal(3, values[0], 1e-9);
        Assert.Equal(1, values[1], 1e-9);
        Assert.Equal(4, SingularValues.NuclearNorm(Rotated(3, 1)), 1e-9);
        var shrunk = SingularValues.SoftThreshold(Rotated(3, 1), 1.5);
        Assert.All(Rotated(1.5, 0).Zip(shrunk), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Fact]
    public void The_effective_rank_counts_equal_values()
    {
        Assert.Equal(3, SingularValues.EffectiveRank([2, 0, 0, 0, 2, 0, 0, 0, -2]), 1e-9);
        Assert.Equal(1, SingularValues.EffectiveRank([1, 2, 2, 4]), 1e-6);
        Assert.Throws<ArgumentException>(() => SingularValues.EffectiveRank(new double[4]));
        Assert.Throws<ArgumentException>(() => SingularValues.Of(new double[5]));
    }

    [Fact]
    public void Non_negative_least_squares_clips_a_diagonal_problem()
    {
        var solution = NonNegativeLeastSquares.Solve([2, 0, 0, 0, 1, 0, 0, 0, 4], [4, -3, 2]);
        Assert.Equal(2, solution[0], 1e-12);
        Assert.Equal(0, solution[1]);
        Assert.Equal(0.5, solution[2], 1e-12);
        Assert.Throws<ArgumentException>(() => NonNegativeLeastSquares.Solve([1, 2, 3], [1, 2]));
    }
}
