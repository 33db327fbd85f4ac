using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>The memory in which steps are worked out, used again and again. Nothing in it outlives a step.</summary>
/// <param name="dimension">n.</param>
internal sealed class LbfgsWorkspace(int dimension)
{
    readonly double[] direction = new double[dimension];
    Vector? shown;

    /// <summary>n.</summary>
    internal int Dimension => dimension;

    /// <summary>d, the direction of the search.</summary>
    internal Span<double> Direction => direction;

    /// <summary>d as a vector: until the next step.</summary>
    internal Vector DirectionVector => shown ??= Vector.Wrap(direction);

    /// <summary>The minimiser of the model, where the direction ends. For bounded problems, like what follows.</summary>
    internal double[] Target => field ??= new double[dimension];

    /// <summary>The Cauchy point x^c.</summary>
    internal double[] Cauchy => field ??= new double[dimension];

    /// <summary>t, how far along the path of steepest descent it lies.</summary>
    internal double Time { get; set; }

    /// <summary>The variables that are free there.</summary>
    internal VariableSet Free => field ??= new(dimension);

    /// <summary>The variables that move on the path.</summary>
    internal VariableSet Moving => field ??= new(dimension);

    /// <summary>The steps at which variables meet their bounds.</summary>
    internal BreakpointQueue Breakpoints => field ??= new(dimension);

    /// <summary>The variables that have met theirs on the path.</summary>
    internal List<int> Arrived { get; } = [];

    /// <summary>M^-1, factorised.</summary>
    internal SaddleSystem Middle { get; private set; } = new(0);

    /// <summary>The system of the subspace.</summary>
    internal SaddleSystem Subspace { get; private set; } = new(0);

    /// <summary>2k numbers each: p = W'd, M p, c = W'(x^c - x), a row of W, M times it.</summary>
    internal double[] P { get; private set; } = [];

    internal double[] MP { get; private set; } = [];

    internal double[] C { get; private set; } = [];

    internal double[] Row { get; private set; } = [];

    internal double[] MRow { get; private set; } = [];

    /// <summary>Makes room for k pairs.</summary>
    internal void MakeRoom(int k)
    {
        if (2 * k <= P.Length) return;
        var room = int.Max(int.Max(4, k), P.Length); // P holds twice the old room
        (Middle, Subspace) = (new(room), new(room));
        (P, MP, C, Row, MRow) = (new double[2 * room], new double[2 * room], new double[2 * room], new double[2 * room],
            new double[2 * room]);
    }
}
