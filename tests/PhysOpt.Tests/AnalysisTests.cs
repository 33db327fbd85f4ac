using PhysOpt.Analysis;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class AnalysisTests
{
    static IterationRecord At(int iteration, double loss, params double[] x) =>
        new()
        {
            Method = "Made up",
            Iteration = iteration,
            Loss = loss,
            X = new(x),
            Problem = Runs.ThreeSpaces,
            Evaluations = 10 + iteration
        };

    static readonly IterationRecord[] Detour =
        [At(0, 9, 0, 0), At(1, 4, 3, 4), At(2, 5, 3, 0), At(3, 7, 6, 8), At(3, 7, 6, 8) with { Status = TerminationReason.NonFinite }];

    [Fact]
    public void A_run_is_summarised_with_its_end_and_its_best()
    {
        var summary = Trajectory.Summarise(Detour);
        Assert.Equal(("Made up", 3, 7, 4, 1),
            (summary.Method, summary.Iterations, summary.FinalLoss, summary.BestLoss, summary.BestIteration));
        Assert.Equal((new Vector(6, 8), new Vector(3, 4), TerminationReason.NonFinite, 13),
            (summary.X, summary.BestX, summary.Status, summary.Evaluations));
        Near.Relative(9 + double.Sqrt(73), summary.PathLength, 1e-15);
        Near.Relative(10 / (9 + double.Sqrt(73)), summary.Straightness!.Value, 1e-15);
        Assert.Equal(10, summary.DistanceToSolution);

        summary = Trajectory.Summarise([Detour[0]]);
        Assert.Equal((0, 0, null), (summary.Iterations, summary.PathLength, summary.Straightness));
        Assert.Null(Trajectory.Summarise([Detour[1] with { Problem = null }]).DistanceToSolution);
    }

    [Fact]
    public void Two_runs_are_compared_iteration_by_iteration()
    {
        var same = Trajectory.Compare(Detour, Detour);
        Assert.Equal((0, 0, 4), (same.MeanAbsoluteError, same.MaxAbsoluteError, same.Iterations));

        var other = Trajectory.Compare(Detour, [At(1, 0, 3.5, 4), At(3, 0, 6, 6), At(4, 0, 0, 0)]);
        Assert.Equal((0.625, 2, 3, 2), (other.MeanAbsoluteError, other.MaxAbsoluteError, other.MaxAtIteration, other.Iterations));
    }

    [Fact]
    public void Records_of_one_run_are_told_from_those_of_the_next()
    {
        for (var k = 1; k < Detour.Length; k++) Assert.True(Trajectory.Continues(Detour[k - 1], Detour[k]));
        Assert.False(Trajectory.Continues(Detour[0], Detour[2]));
        Assert.True(Trajectory.BelongTogether(Detour[0], Detour[2]));
        Assert.False(Trajectory.BelongTogether(Detour[2], Detour[0]));
        Assert.False(Trajectory.Continues(Detour[4], At(4, 0, 1, 1))); // the run has ended
        Assert.False(Trajectory.Continues(Detour[0], Detour[1] with { Run = 1 }));
        Assert.False(Trajectory.Continues(Detour[0], Detour[1] with { Method = "Another" }));
        Assert.False(Trajectory.Continues(Detour[0], Detour[1] with { Problem = null }));
        Assert.False(Trajectory.Continues(Detour[0], Detour[1] with { X = new(1, 2, 3) }));
    }

    [Fact]
    public void The_records_of_real_runs_continue_each_other()
    {
        var records = Runs.Methods["InverseSimulator"](Runs.ThreeSpaces).ToList();
        for (var k = 1; k < records.Count; k++) Assert.True(Trajectory.Continues(records[k - 1], records[k]));
        Assert.False(Trajectory.Continues(records[^1], records[0]));
    }

    [Fact]
    public void Alignment_is_measured_along_any_direction()
    {
        Assert.Equal((0.8, 1), (DiagonalAlignment.Of(new Vector(3, 4), new(0, 1)).Alignment,
            DiagonalAlignment.Of(new Vector(3, 4), new(0, 1)).MaximumAlignment));
        Near.Relative(-1.4, DiagonalAlignment.Of(new Vector(-3, -4)).Alignment, 1e-15);
        var step = Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01), 1)[1];
        Near.Relative(DiagonalAlignment.Of(-step.Step!).Alignment, DiagonalAlignment.Of(step)!.Alignment, 0);
        Assert.Null(DiagonalAlignment.Of(step with { Step = new(0, 0) }));
        Assert.Null(DiagonalAlignment.Of(step with { Problem = null })!.CosineToSolution);
    }
}
