using PhysOpt.Tests.Tracing;

namespace PhysOpt.Tests;

/// <summary>The house of the numerics: its rooms, floor by floor. A room is a folder and a namespace.</summary>
internal static class House
{
    const string Root = "PhysOpt.";

    /// <summary>A folder, and the types of it that users know by the short names of a namespace above.</summary>
    internal sealed record Room(string Name, params Type[] Types);

    /// <summary>From the ground up. A room uses rooms of the floors below it: none above it, and none beside it.</summary>
    internal static IReadOnlyList<IReadOnlyList<Room>> Floors { get; } =
    [
        [new("LinearAlgebra", typeof(Vector), typeof(Matrix))],
        [new("Functions", typeof(EvaluationException), typeof(Confirmation))],
        .. TracingRoomsTests.Rooms.Select(room => new[] { new Room($"Tracing.{room.Name}", room.PublicTypes) }),
        [new("Tracing", TracingRoomsTests.Door)],
        [new("Problems", typeof(OptimizationProblem), typeof(VariableNames), typeof(ProblemException), typeof(ProblemChecks))],
        [new(
            "Optimization",
            typeof(DerivativeSource), typeof(IterationRecord), typeof(OptimizationResult),
            typeof(TerminationReason), typeof(TerminationReasonExtensions))],
        [
            new("Optimization.LineSearch"), new("Optimization.Acceptance"), new("Optimization.TrustRegion"),
            new("Optimization.QuasiNewton"), new("Optimization.LeastSquares"), new("Optimization.DerivativeFree"),
        ],
        [new("Optimization.Methods")],
        [new("Inversion", typeof(InverseMethod), typeof(InverseMethodExtensions), typeof(NumericInverseResult))],
        [new("Solving")],
        [new(
            "Analysis",
            typeof(DiagonalAlignment), typeof(TrajectorySummary), typeof(TrajectoryComparison), typeof(OptimizerComparison),
            typeof(LearningRateSource),
            typeof(GradientError), typeof(GradientComponent), typeof(GradientSource), typeof(GradientVerdict))],
        [new("Pictures", typeof(PlotSpace), typeof(PlotAgainst))],
        [new("Pictures.Terminal")],
    ];

    internal static IEnumerable<Room> Rooms => Floors.SelectMany(floor => floor);

    /// <summary>The room of a type of the numerics; null where it has none.</summary>
    internal static string? RoomOf(string space, string name) =>
        Rooms.FirstOrDefault(room => room.Types.Any(type => (type.Namespace, type.Name) == (space, name)))?.Name
        ?? Rooms.FirstOrDefault(room => Root + room.Name == space)?.Name;
}
