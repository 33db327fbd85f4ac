using PhysOpt.Functions;

namespace PhysOpt.Tracing;

/// <summary>A map that is computed by a recorded function: with others like it, it can be made one function.</summary>
internal interface IRecordedMap : IHessianVectorMap
{
    /// <summary>The function as it is recorded now.</summary>
    TracedFunction Function { get; }
}
