using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// A function of one number. Forms are structs, so that the loops over them are compiled for each, with the function inside.
/// </summary>
internal interface IUnaryForm
{
    static abstract double Of(double a);
}

/// <summary>A function of two numbers.</summary>
internal interface IBinaryForm
{
    static abstract double Of(double a, double b);
}

/// <summary>A function of one number, and of eight at once: what one of the eight gives does not depend on the others.</summary>
internal interface IVectorUnaryForm : IUnaryForm
{
    static abstract Vector512<double> Of(Vector512<double> a);
}

/// <summary>A function of two numbers, and of eight pairs at once.</summary>
internal interface IVectorBinaryForm : IBinaryForm
{
    static abstract Vector512<double> Of(Vector512<double> a, Vector512<double> b);
}
