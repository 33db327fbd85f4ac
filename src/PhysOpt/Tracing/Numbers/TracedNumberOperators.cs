namespace PhysOpt.Tracing;

/// <summary>
/// Arithmetic of traced numbers with decimals, for C#. PowerShell does not see extension operators, and need not weigh them.
/// </summary>
public static class TracedNumberOperators
{
    extension(TracedNumber)
    {
        /// <summary>a + b.</summary>
        public static TracedNumber operator +(TracedNumber a, decimal b) => a + (double)b;

        /// <summary>a + b.</summary>
        public static TracedNumber operator +(decimal a, TracedNumber b) => (double)a + b;

        /// <summary>a - b.</summary>
        public static TracedNumber operator -(TracedNumber a, decimal b) => a - (double)b;

        /// <summary>a - b.</summary>
        public static TracedNumber operator -(decimal a, TracedNumber b) => (double)a - b;

        /// <summary>a * b.</summary>
        public static TracedNumber operator *(TracedNumber a, decimal b) => a * (double)b;

        /// <summary>a * b.</summary>
        public static TracedNumber operator *(decimal a, TracedNumber b) => (double)a * b;

        /// <summary>a / b.</summary>
        public static TracedNumber operator /(TracedNumber a, decimal b) => a / (double)b;

        /// <summary>a / b.</summary>
        public static TracedNumber operator /(decimal a, TracedNumber b) => (double)a / b;

        /// <summary>a % b.</summary>
        public static TracedNumber operator %(TracedNumber a, decimal b) => a % (double)b;

        /// <summary>a % b.</summary>
        public static TracedNumber operator %(decimal a, TracedNumber b) => (double)a % b;
    }
}
