using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Problems;

namespace PhysOpt.Tests;

public class SmokeTests
{
    [Fact]
    public void Gradient_descent_takes_ten_steps() =>
        Assert.Equal(10, Optimizer.Run(ProblemGallery.Find("ThreeSpaces")!, new GradientDescent(0.01), new() { MaxIterations = 10 }).Last().Iteration);
}
