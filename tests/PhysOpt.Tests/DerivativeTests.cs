using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class DerivativeTests
{
    static FiniteDifferenceMap Differences(IMap map, Vector? lower = null, Vector? upper = null) =>
        new(map, lower, upper);

    /// <summary>A start of the problem, moved a little at random.</summary>
    static Gen<Vector> Around(OptimizationProblem problem) =>
        Gen.Double[-0.5, 0.5].Array[problem.Dimension].Select(shift => problem.InitialGuess + new Vector(shift));

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_Jacobian_is_that_of_central_differences(string name)
    {
        var physics = (IDifferentiableMap)TestProblems.All[name].Problem.Physics!;
        Around(TestProblems.All[name].Problem).Sample(x =>
        {
            var y = physics.Evaluate(x);
            // rounding eps |f| / h is 4e-11 of the values, and near x = 0, whose size says little, a ten millionth of the slope
            Near.Absolute(physics.Jacobian(x, y), Differences(physics).Jacobian(x, y), 3e-7 * (1 + y.InfinityNorm));
        });
    }

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void Jacobian_and_transpose_are_adjoint(string name)
    {
        var problem = TestProblems.All[name].Problem;
        var physics = (IDifferentiableMap)problem.Physics!;
        var rows = physics.Evaluate(problem.InitialGuess).Count;
        Gen.Select(Around(problem), Gen.Double[-1, 1].Array[problem.Dimension], Gen.Double[-1, 1].Array[rows])
            .Sample((x, direction, weights) =>
        {
            var (y, v, w) = (physics.Evaluate(x), new Vector(direction), new Vector(weights));
            foreach (var map in (IDifferentiableMap[])[physics, Differences(physics)])
            {
                var jacobian = map.Jacobian(x, y);
                var size = jacobian.ToRows().Sum(row => row.Norm) * (1 + v.Norm) * (1 + w.Norm);
                Near.Absolute(w.Dot(jacobian.Multiply(v)), jacobian.TransposeMultiply(w).Dot(v), 1e-14 * size);
                Near.Absolute(w.Dot(jacobian.Multiply(v)), map.VectorJacobianProduct(x, y, w).Dot(v), 1e-14 * size);
            }
        });
    }

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_chain_rule_agrees_with_differences_of_the_whole(string name)
    {
        var problem = TestProblems.All[name].Problem;
        Around(problem).Sample(x =>
        {
            // of its own for each sample: objectives belong to one thread, samples run on several
            var objective = (ITwiceDifferentiable)Objectives.Create(problem, new(), new(), default);
            var whole = Differences(DelegateMap.Scalar(at => objective.At(at).Value));
            var point = objective.At(x);
            var size = 1 + double.Abs(point.Value) + point.Gradient.InfinityNorm;
            Near.Absolute(point.Gradient, whole.VectorJacobianProduct(x, new(point.Value), new(1)), 3e-7 * size, "gradient");
            var hessian = objective.Hessian(point);
            var largest = hessian.ToRows().Max(row => row.InfinityNorm);
            // eps^(1/2) of values and fourth derivatives, near x = 0 some digits less
            Near.Absolute(hessian, whole.WeightedHessian(x, new(point.Value), new(1)), 1e-5 * (size + largest), "Hessian");
        });
    }

    [Fact]
    public void A_problem_in_parts_runs_like_the_same_objective_in_one()
    {
        var parts = Runs.ThreeSpaces;
        var direct = Runs.Objective(
            DelegateMap.Scalar(
                x => x[0] * x[0] + double.Pow(x[1], 4), x =>
                    new(2 * x[0], 4 * double.Pow(x[1], 3)), x => Matrix.Diagonal(2, 12 * x[1] * x[1])), 3, 3);
        Compare(new GradientDescent(0.01));
        Compare(new Newton(1.0 / 3));
        Compare(new Lbfgs());

        void Compare<TFunction, TState>(IMethod<TFunction, TState> method)
            where TFunction : class, IObjective
            where TState : class, IMethodState
        {
            var (composed, whole) = (Runs.Steps(parts, method, 8), Runs.Steps(direct, method, 8));
            for (var k = 0; k <= 8; k++) Near.Absolute(whole[k].X, composed[k].X, 1e-11, $"{method.Name} {k}");
        }
    }

    [Fact]
    public void Every_Hessian_is_symmetric() => Gen.Double[-2, 2].Array[3].Sample(start =>
    {
        var x = new Vector(start);
        Vector Value(Vector at) => new(double.Sin(at[0] * at[1]) + at[2] * at[2] * at[0], double.Exp(at[0] - at[2]) * at[1]);
        Matrix Jacobian(Vector at) => new(new[,]
        {
            { at[1] * double.Cos(at[0] * at[1]) + at[2] * at[2], at[0] * double.Cos(at[0] * at[1]), 2 * at[2] * at[0] },
            { double.Exp(at[0] - at[2]) * at[1], double.Exp(at[0] - at[2]), -double.Exp(at[0] - at[2]) * at[1] },
        });
        foreach (var physics in (IMap[])[DelegateMap.Create(Value), DelegateMap.Create(Value, Jacobian)])
        {
            var objective = (ITwiceDifferentiable)Objectives.Create(new("Symmetric", physics, new SquaredDistance(), x), new(), new(),
                default);
            var hessian = objective.Hessian(objective.At(x));
            for (var i = 0; i < 3; i++)
            {
                for (var j = 0; j < i; j++) Assert.Equal(hessian[i, j], hessian[j, i]);
            }
        }
    });

    [Fact]
    public void The_squared_distance_knows_its_derivatives() =>
        Gen.Select(Gen.Double[-3, 3].Array[4], Gen.Double[-3, 3].Array[4]).Sample((at, to) =>
    {
        var (y, loss) = (new Vector(at), new SquaredDistance(new(to)));
        var value = loss.Evaluate(y);
        Near.Absolute(Differences(loss).VectorJacobianProduct(y, value, new(1)), loss.VectorJacobianProduct(y, value, new(1)), 1e-6);
        Near.Absolute(loss.Jacobian(y, value).Row(0), loss.VectorJacobianProduct(y, value, new(1)), 0);
        Near.Absolute(Differences(loss).WeightedHessian(y, value, new(3)), loss.WeightedHessian(y, value, new(3)), 1e-4);
        Near.Absolute(loss.NewtonDirection(y),
            Factorization.SolveSymmetric(loss.WeightedHessian(y, value, new(1)), loss.VectorJacobianProduct(y, value, new(1))).Solution!,
            1e-14);
    });

    [Fact]
    public void A_supplied_gradient_takes_the_place_of_the_computed_one()
    {
        var gradient = DelegateMap.Create(x => new Vector(2 * x[0], 4 * double.Pow(x[1], 3)));
        var plain = Runs.Steps(Runs.ThreeSpaces, new Newton(1.0 / 3), 5);
        var watch = new Watch();
        var supplied = Optimizer.Run(Runs.ThreeSpaces, new Newton(1.0 / 3), Runs.Exactly(5) with { Gradient = watch.Values(gradient) })
            .ToList();
        for (var k = 0; k <= 5; k++) Near.Relative(plain[k].X, supplied[k].X, 1e-8); // the Hessian is a difference of gradients
        Assert.NotEmpty(watch.Points);
    }
}
