pub use uphill::master_equation::*;
