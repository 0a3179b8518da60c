using System.Reflection;

namespace DailyPapers.Numerics.Tests;

/// <summary>The package's public surface: a change here is a change for its callers.</summary>
public sealed class PublicSurfaceTests
{
    [Fact]
    public void Only_these_types_are_public() => Assert.Equal(
        ["ExtendedExponential", "LogSoftmax", "Softmax", "SoftmaxInstructionSet"],
        typeof(Softmax).Assembly.GetExportedTypes().Select(type => type.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Softmax_offers_these_methods() => Assert.Equal(
        [
            "Compute(ReadOnlySpan<Double>, Span<Double>, Int32, SoftmaxInstructionSet)",
            "Compute(ReadOnlySpan<Single>, Span<Single>, Int32, SoftmaxInstructionSet)",
            "ComputeRows(ReadOnlySpan<Double>, Int32, Span<Double>, Int32, Int32, Int32, Int32, SoftmaxInstructionSet)",
            "ComputeRows(ReadOnlySpan<Double>, Span<Double>, Int32, Int32, SoftmaxInstructionSet)",
            "ComputeRows(ReadOnlySpan<Single>, Int32, Span<Single>, Int32, Int32, Int32, Int32, SoftmaxInstructionSet)",
            "ComputeRows(ReadOnlySpan<Single>, Span<Single>, Int32, Int32, SoftmaxInstructionSet)",
            "IsSupported(SoftmaxInstructionSet)",
            "SumOfExponentials(ReadOnlySpan<Double>, SoftmaxInstructionSet)",
            "SumOfExponentials(ReadOnlySpan<Single>, SoftmaxInstructionSet)",
            "ThreePassRecompute(ReadOnlySpan<Double>, Span<Double>, SoftmaxInstructionSet)",
            "ThreePassRecompute(ReadOnlySpan<Single>, Span<Single>, SoftmaxInstructionSet)",
            "ThreePassReload(ReadOnlySpan<Double>, Span<Double>, SoftmaxInstructionSet)",
            "ThreePassReload(ReadOnlySpan<Single>, Span<Single>, SoftmaxInstructionSet)",
            "TwoPass(ReadOnlySpan<Double>, Span<Double>, SoftmaxInstructionSet)",
            "TwoPass(ReadOnlySpan<Single>, Span<Single>, SoftmaxInstructionSet)",
            "get_BestInstructionSet()",
        ],
        typeof(Softmax).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(Signature).Order(StringComparer.Ordinal));

    [Fact]
    public void Log_softmax_offers_the_same_entries_as_softmax() => Assert.Equal(
        typeof(Softmax).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(method => method.Name.StartsWith("Compute", StringComparison.Ordinal)).Select(Signature).Order(StringComparer.Ordinal),
        typeof(LogSoftmax).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(Signature).Order(StringComparer.Ordinal));

    [Fact]
    public void The_package_depends_on_the_framework_alone() => Assert.All(
        typeof(Softmax).Assembly.GetReferencedAssemblies(), name => Assert.StartsWith("System.", name.Name, StringComparison.Ordinal));

    private static string Signature(MethodInfo method) =>
        $"{method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))})";

    private static string Name(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : type.Name;
}
